namespace Seidra.Configuration.Tests;

public class LoadTests
{
    [Test]
    public void The_least_file_gives_complete_settings()
    {
        var settings = Given.Load(Given.Minimal);

        Assert.Multiple(() =>
        {
            Assert.That(settings.Version, Is.EqualTo(1));
            Assert.That(settings.Instance, Is.EqualTo("my-studio"));
            Assert.That(settings.Classic.Database.Password!.Reveal(), Is.EqualTo(Given.SecretValue));
            Assert.That(settings.Classic.PathPrefixes, Is.EqualTo(new[] { "/app/uploads/", "/data/media/", "uploads/" }));
            Assert.That(settings.Ultimate.Media.Bucket, Is.Null);
            Assert.That(settings.Ultimate.Database.Scratch, Is.EqualTo("seidra_drill"));
            Assert.That(settings.Staging.Url, Is.EqualTo("http://127.0.0.1:18000"));
            Assert.That(settings.Staging.Runtime, Is.EqualTo(RuntimeKind.Compose));
            Assert.That(settings.Quality.BackendMinimum, Is.EqualTo(85));
            Assert.That(settings.Quality.FrontendMinimum, Is.EqualTo(80));
            Assert.That(settings.Freeze.DeadlineSeconds, Is.EqualTo(30));
            Assert.That(settings.Secrets.Provider, Is.EqualTo(SecretsProvider.EnvFile));
            Assert.That(settings.Traffic.Provider, Is.EqualTo(TrafficProvider.None));
            Assert.That(settings.Release.GraceHours, Is.EqualTo(72));
        });
    }

    [Test]
    public void Production_answers_where_Ultimate_does_unless_told_otherwise()
    {
        Assert.That(Given.Load(Given.Minimal).Production.Url, Is.EqualTo("http://ultimate:8000"));
        Assert.That(Given.Load(Given.And("production: {url: http://other:9000}")).Production.Url, Is.EqualTo("http://other:9000"));
    }

    [Test]
    public void Every_kind_of_value_is_read()
    {
        var settings = Given.Load(Given.And("""
            staging: {runtime: process, command: [dotnet, "Seidra.Sandbox.dll", 'it''s', 8080], startTimeoutSeconds: 20}
            quality: {backendMinimum: 85.5, standIn: true, endToEnd: null}
            report:
              signers:
                - Éloïse
                - "bob@example"
            """));

        Assert.Multiple(() =>
        {
            Assert.That(settings.Staging.Runtime, Is.EqualTo(RuntimeKind.Process));
            Assert.That(settings.Staging.Command, Is.EqualTo(new[] { "dotnet", "Seidra.Sandbox.dll", "it's", "8080" }));
            Assert.That(settings.Staging.StartTimeoutSeconds, Is.EqualTo(20));
            Assert.That(settings.Quality.BackendMinimum, Is.EqualTo(85.5));
            Assert.That(settings.Quality.StandIn, Is.True);
            Assert.That(settings.Quality.EndToEnd, Is.Null, "a written null counts, although the default is a path");
            Assert.That(settings.Report.Signers, Is.EqualTo(new[] { "Éloïse", "bob@example" }));
        });
    }

    [TestCase("null")]
    [TestCase("~")]
    [TestCase("")]
    public void Nothing_after_a_key_means_its_default(string nothing)
    {
        var settings = Given.Load(Given.And($"freeze: {nothing}\nrelease:\n  graceHours: {nothing}\n  command: {nothing}"));

        Assert.Multiple(() =>
        {
            Assert.That(settings.Freeze.DeadlineSeconds, Is.EqualTo(30));
            Assert.That(settings.Release.GraceHours, Is.EqualTo(72));
            Assert.That(settings.Release.Command, Is.Empty);
        });
    }

    [Test]
    public void A_bucket_with_keys_is_read()
    {
        var settings = Given.Load(Given.With("    directory: /srv/ultimate/media", """
                bucket:
                  url: s3://seidra-media
                  endpoint: http://minio:9000
                  accessKey: ${DB_PASSWORD}
                  secretKey: ${DB_PASSWORD}
            """));

        Assert.Multiple(() =>
        {
            Assert.That(settings.Ultimate.Media.Bucket!.Url, Is.EqualTo("s3://seidra-media"));
            Assert.That(settings.Ultimate.Media.Bucket.Region, Is.EqualTo("us-east-1"));
            Assert.That(settings.Ultimate.Media.Bucket.SecretKey!.Reveal(), Is.EqualTo(Given.SecretValue));
            Assert.That(settings.Ultimate.Media.Directory, Is.Null);
        });
    }

    [Test]
    public void Relative_paths_start_at_the_folder_of_the_file_and_those_of_the_command_line_here()
    {
        var folder = Directory.CreateTempSubdirectory("seidra-settings-");
        try
        {
            var file = Path.Combine(folder.FullName, "seidra.yaml");
            File.WriteAllText(file, Given.And("backup: {directory: ../backups}\nschema: {map: map.yaml}"));
            var settings = SettingsLoader.Load(Given.Sources(file, [("staging.directory", "clone")]));

            Assert.Multiple(() =>
            {
                Assert.That(settings.Backup.Directory, Is.EqualTo(Path.Combine(Path.GetDirectoryName(folder.FullName)!, "backups")));
                Assert.That(settings.Schema.Map, Is.EqualTo(Path.Combine(folder.FullName, "map.yaml")));
                Assert.That(settings.Staging.Directory, Is.EqualTo(Path.GetFullPath("clone")));
            });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public void Without_a_file_the_other_sources_may_suffice()
    {
        var settings = SettingsLoader.Load(Given.Sources(null,
        [
            ("instance", "x"), ("classic.url", "http://c"), ("classic.database.url", "sqlite:///c.db"), ("classic.media.url", "file:///m"),
            ("ultimate.url", "http://u"), ("ultimate.repository.url", "/repo"), ("ultimate.repository.commit", new string('a', 40)),
            ("ultimate.database.url", "sqlite:///u.db"), ("ultimate.media.directory", "/media"),
        ]));

        Assert.That(settings.Classic.Database.Url, Is.EqualTo("sqlite:///c.db"));
    }

    [Test]
    public void What_is_described_names_value_and_source_of_every_key()
    {
        var text = Given.Load(Given.And("demo: {username: guest}"), [("freeze.deadlineSeconds", "60")], [("SEIDRA__MEDIA__PARALLELISM", "4")]).Describe();

        Assert.Multiple(() =>
        {
            Assert.That(text, Does.Match(@"(?m)^demo\.username = guest  \(.*seidra\.yaml:18\)$"));
            Assert.That(text, Does.Contain("freeze.deadlineSeconds = 60  (--set)\n"));
            Assert.That(text, Does.Contain("media.parallelism = 4  (environment variable SEIDRA__MEDIA__PARALLELISM)\n"));
            Assert.That(text, Does.Contain("freeze.catchUpPasses = 5  (default)\n"));
            Assert.That(text, Does.Contain("production.url = http://ultimate:8000  (default: ultimate.url)\n"));
            Assert.That(text, Does.Contain("classic.database.password = *** ${DB_PASSWORD}  ("));
            Assert.That(text, Does.Contain("secrets.provider = env-file  (default)\n"));
            Assert.That(text, Does.Contain("quality.command = [\"./scripts/ci-report.sh\"]  (default)\n"));
            Assert.That(text, Does.Contain("ultimate.media.bucket = null  (default)\n"));
        });
    }

    [Test]
    public void Settings_cannot_be_changed_after_loading()
    {
        var settings = Given.Load(Given.And("report: {signers: [a]}"));

        Assert.That(() => ((IList<string>)settings.Report.Signers).Add("b"), Throws.InstanceOf<NotSupportedException>());
    }
}
