using Seidra.Sandbox.Machines;

namespace Seidra.Sandbox.Tests.Machines;

public sealed class InstallsTests
{
    private readonly List<string> asked = [];
    private readonly List<string> lines = [];
    private bool present;

    private Requirement Requirement => new("Ceph's RADOS Gateway", ["radosgw", "ceph-mon"], () => present);

    [SetUp]
    public void Forget()
    {
        asked.Clear();
        lines.Clear();
        present = false;
    }

    [Test]
    public async Task What_is_present_is_left_alone()
    {
        present = true;
        await Installs(mayInstall: true).EnsureAsync(Requirement, lines.Add);
        Assert.That(asked, Is.Empty);
        Assert.That(lines, Is.Empty);
    }

    [Test]
    public async Task Root_installs_what_is_missing_and_says_so_once()
    {
        var installs = Installs(mayInstall: true, brings: true);
        await Task.WhenAll(installs.EnsureAsync(Requirement, lines.Add), installs.EnsureAsync(Requirement, lines.Add));
        Assert.That(asked, Is.EqualTo(new[] { "update", "install --yes --no-install-recommends radosgw ceph-mon" }));
        Assert.That(lines, Is.EqualTo(new[] { "Ceph's RADOS Gateway is missing: installing radosgw ceph-mon with apt-get" }));
    }

    [Test]
    public void Anybody_else_is_told_what_to_type()
    {
        Assert.That(
            async () => await Installs(mayInstall: false).EnsureAsync(Requirement),
            Throws.TypeOf<SandboxException>().With.Message.Contains("`sudo apt-get install radosgw ceph-mon`"));
        Assert.That(asked, Is.Empty);
    }

    [Test]
    public void Packages_that_do_not_bring_the_programs_are_an_error()
    {
        Assert.That(
            async () => await Installs(mayInstall: true).EnsureAsync(Requirement),
            Throws.TypeOf<SandboxException>().With.Message.Contains("still found none"));
    }

    [Test]
    public void A_failing_apt_get_is_reported_with_the_remedy()
    {
        var installs = new Installs(true, (_, _) => throw new SandboxException("no network."));
        Assert.That(
            async () => await installs.EnsureAsync(Requirement),
            Throws.TypeOf<SandboxException>().With.Message.Contains("no network.").And.Message.Contains(Requirement.Remedy));
    }

    [Test]
    public void PostgreSQL_is_installed_without_a_cluster_of_its_own_and_nothing_stays_behind()
    {
        var host = Directory.CreateTempSubdirectory("seidra-installs-");
        try
        {
            var folder = Path.Combine(host.FullName, "createcluster.d");
            var seen = "";
            var requirement = Requirement with { WhileInstalling = () => new NoMainCluster(folder) };
            var installs = new Installs(true, (arguments, _) =>
            {
                if (arguments[0] == "install")
                    seen = File.ReadAllText(Directory.GetFiles(folder, "*.conf").Single());
                return arguments[0] == "install" ? throw new SandboxException("no network.") : Task.CompletedTask;
            });
            Assert.That(async () => await installs.EnsureAsync(requirement), Throws.TypeOf<SandboxException>());
            Assert.That(seen.Split('\n'), Does.Contain("create_main_cluster = false"));
            Assert.That(host.GetFileSystemInfos(), Is.Empty);
        }
        finally
        {
            host.Delete(recursive: true);
        }

        Assert.That(Sandbox.Machines.Requirement.Postgres.WhileInstalling is null, Is.False);
    }

    [Test]
    public void A_MinIO_container_gets_its_keys_from_a_file_and_listens_on_loopback()
    {
        var argv = MinioContainer.Arguments("seidra-s3-1", "/d/environment", 21000, "/d/data");
        Assert.That(string.Join(' ', argv), Is.EqualTo(
            "run --rm --name seidra-s3-1 --env-file /d/environment --publish 127.0.0.1:21000:9000 --volume /d/data:/data minio/minio server /data"));
    }

    private Installs Installs(bool mayInstall, bool brings = false) => new(mayInstall, (arguments, _) =>
    {
        asked.Add(string.Join(' ', arguments));
        present |= brings && arguments[0] == "install";
        return Task.CompletedTask;
    });
}
