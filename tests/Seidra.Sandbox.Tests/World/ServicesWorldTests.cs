using System.Globalization;
using System.Net;
using Npgsql;
using Seidra.Sandbox.Data;
using Seidra.Sandbox.Machines;
using Seidra.Sandbox.Servers;
using Seidra.Sandbox.World;

namespace Seidra.Sandbox.Tests.World;

/// <summary>The world on real servers: PostgreSQL for both products, S3 for Classic's media.</summary>
public class ServicesWorldTests
{
    private const string UltimateSchema = """
        CREATE TABLE users (id serial PRIMARY KEY, username varchar(50) NOT NULL UNIQUE, email varchar(100) NOT NULL UNIQUE, hashed_password varchar(255) NOT NULL,
            is_active boolean NOT NULL DEFAULT true, is_nsfw_enabled boolean NOT NULL DEFAULT false, age_verified boolean NOT NULL DEFAULT false,
            created_at timestamp NOT NULL DEFAULT now(), settings json NOT NULL DEFAULT '{}');
        CREATE TABLE generation_jobs (id varchar(36) PRIMARY KEY, user_id integer NOT NULL REFERENCES users ON DELETE CASCADE, persona_id integer, job_type varchar(50) NOT NULL DEFAULT 'image',
            prompt text NOT NULL, negative_prompt text NOT NULL DEFAULT '', model_name varchar(100) NOT NULL, lora_models json NOT NULL DEFAULT '[]', parameters json NOT NULL,
            status varchar(20) NOT NULL DEFAULT 'pending', progress double precision NOT NULL DEFAULT 0, result_images json NOT NULL DEFAULT '[]', metadata json NOT NULL DEFAULT '{}',
            is_nsfw boolean NOT NULL DEFAULT false, nsfw_score double precision NOT NULL DEFAULT 0, error_message text, created_at timestamp NOT NULL, updated_at timestamp NOT NULL, completed_at timestamp);
        CREATE INDEX ix_generation_jobs_user_id ON generation_jobs (user_id);
        """;

    [Test]
    public async Task Serves_switches_and_survives_a_kill_on_postgresql_and_s3()
    {
        await using var test = await new TestWorld(profile: "services").StartAsync();
        var (endpoints, card) = (test.World.Endpoints, WorldFile.Read(test.Layout)!);
        var first = await test.AcknowledgedAsync(60);
        Assert.That((first.Failed, endpoints.ClassicMediaUrl), Is.EqualTo((0L, "s3://seidra-media")), string.Join('|', first.FirstFailures));
        var sides = await SettingsBucket.ReadAsync(test.World.SettingsFile);
        Assert.That(sides.Select(side => side.Name), Is.EqualTo(new[] { "seidra-media", "seidra-media-ultimate" }));
        Assert.That(sides.SelectMany(side => new[] { side.AccessKeyFile, side.SecretKeyFile }), Is.Unique);
        await OwnBucketsOnlyAsync(sides[0], sides[1]);
        Assert.That(sides.Select(side => File.ReadAllText(side.AccessKeyFile)), Is.Unique);

        var ultimate = DatabaseUrl.WithPassword(endpoints.UltimateDatabaseUrl, card.UltimatePasswordFile);
        await ExecuteAsync(ultimate, UltimateSchema);
        var copied = await CopyAsync(DatabaseUrl.WithPassword(endpoints.ClassicDatabaseUrl, card.ClassicPasswordFile), ultimate);
        Assert.That(copied, Is.GreaterThanOrEqualTo(60));
        await test.StartUltimateAsync(ultimate);
        await test.AdminAsync(HttpMethod.Put, "/_door/hold", new { deadlineMs = 30000 });
        await CopyAsync(DatabaseUrl.WithPassword(endpoints.ClassicDatabaseUrl, card.ClassicPasswordFile), ultimate);
        await test.AdminAsync(HttpMethod.Put, "/_door/target", new { target = "ultimate" });
        await test.AdminAsync(HttpMethod.Delete, "/_door/hold");
        var switched = await test.AcknowledgedAsync((await test.World.FiguresAsync()).AcknowledgedWrites + 60);
        Assert.That(switched.Failed, Is.Zero, string.Join('|', switched.FirstFailures));
        var proof = await test.World.ProveWritesAsync();
        Assert.That((proof.Lost, proof.Doubled), Is.EqualTo((0L, 0L)));

        await test.KillAsync();
        foreach (var url in new[] { endpoints.ClassicDatabaseUrl, endpoints.UltimateDatabaseUrl })
            await GoneAsync(new Uri(url).Port);
        await test.StartAsync();
        var after = await test.AcknowledgedAsync(switched.AcknowledgedWrites + 60);
        Assert.That((test.World.Endpoints, after.Failed), Is.EqualTo((endpoints, 0L)), string.Join('|', after.FirstFailures));
        proof = await test.World.ProveWritesAsync();
        Assert.That((proof.Acknowledged >= after.AcknowledgedWrites, proof.Lost, proof.Doubled), Is.EqualTo((true, 0L, 0L)));
        var again = await SettingsBucket.ReadAsync(test.World.SettingsFile);
        Assert.That(again, Is.EqualTo(sides), "the same addresses and keys after the restart");
        await OwnBucketsOnlyAsync(again[0], again[1]);
        Assert.That(await File.ReadAllTextAsync(test.World.SettingsFile), Does.Not.Contain((await File.ReadAllTextAsync(card.UltimatePasswordFile!)).Trim()));
    }

    private static async Task OwnBucketsOnlyAsync(SettingsBucket classic, SettingsBucket ultimate)
    {
        var key = MediaCatalog.First(1)[0].Key;
        Assert.That(await classic.GetAsync(classic.Name, key), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await ultimate.GetAsync(ultimate.Name, key), Is.EqualTo(HttpStatusCode.NotFound), "Ultimate's bucket is empty, and its own keys may see that");
        Assert.That(await classic.GetAsync(ultimate.Name, key), Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await ultimate.GetAsync(classic.Name, key), Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private static async Task ExecuteAsync(string url, string sql)
    {
        await using var source = NpgsqlDataSource.Create(PostgresStore.ConnectionString(new Uri(url)));
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>What a migration would bring: the tidy users and the probe's jobs, each once.</summary>
    private static async Task<int> CopyAsync(string classic, string ultimate)
    {
        await using var from = SqlStore.Open(classic);
        await using var to = SqlStore.Open(ultimate);
        foreach (var user in await from.QueryAsync("SELECT id, username, email, hashed_password FROM users WHERE id IN (2, 5)"))
        {
            await to.ExecuteAsync(
                "INSERT INTO users (id, username, email, hashed_password) VALUES (@id, @name, @email, @hash) ON CONFLICT DO NOTHING",
                ("id", user[0]), ("name", user[1]), ("email", user[2]), ("hash", user[3]));
        }

        var jobs = await from.QueryAsync("SELECT id, user_id, prompt, model_name, created_at FROM jobs WHERE prompt LIKE 'probe %'");
        foreach (var job in jobs)
        {
            await to.ExecuteAsync(
                "INSERT INTO generation_jobs (id, user_id, prompt, model_name, parameters, created_at, updated_at) VALUES (@id, @user, @prompt, @model, '{}', @at, @at) ON CONFLICT DO NOTHING",
                ("id", "classic-" + Convert.ToString(job[0], CultureInfo.InvariantCulture)), ("user", job[1]), ("prompt", job[2]), ("model", job[3]), ("at", job[4]));
        }

        return jobs.Count;
    }

    private static async Task GoneAsync(int port)
    {
        for (var waits = 0; !FreePorts.IsFree(port) && waits < 1000; waits++)
            await Task.Delay(20);
        Assert.That(FreePorts.IsFree(port), Is.True, $"a server still listens on port {port}");
    }
}
