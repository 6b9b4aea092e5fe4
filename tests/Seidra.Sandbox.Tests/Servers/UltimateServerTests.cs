using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Seidra.Sandbox.Tests.World;

namespace Seidra.Sandbox.Tests.Servers;

/// <summary>The stand-in against the behaviours of the real backend.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class UltimateServerTests : IDisposable
{
    private const string Password = "correct-horse-battery";
    private const string JwtSecret = "a-secret-of-this-test";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seidra-ultimate");

    private string Database => Path.Combine(folder.FullName, "seidra.db");

    private string Media => Path.Combine(folder.FullName, "media");

    [SetUp]
    public void CreateTables()
    {
        UltimateTables.Create(Database);
        Directory.CreateDirectory(Media);
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Test]
    public async Task Answers_health_root_and_no_metrics_like_the_real_one()
    {
        using var ultimate = await Start().ServesAsync();
        Assert.That(await ultimate.Client.GetStringAsync("/api/health"), Is.EqualTo("""{"status":"healthy","gpu":{"available":false},"models_loaded":0,"active_connections":0}"""));
        Assert.That(await ultimate.Client.GetStringAsync("/"), Is.EqualTo("""{"message":"SEIDRA Ultimate API","version":"1.0.0","status":"mystical"}"""));
        using var metrics = await ultimate.Client.GetAsync("/metrics");
        Assert.That(metrics.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Start_makes_a_real_person_at_id_1_the_demo_account()
    {
        UltimateTables.Execute(Database, "INSERT INTO users (id, username, email, hashed_password) VALUES (1, 'ada', 'ada@exemple.fr', 'x')");
        using var ultimate = await Start().ServesAsync();
        Assert.That(
            UltimateTables.Scalar(Database, "SELECT username || ' ' || email || ' ' || is_active FROM users WHERE id = 1"),
            Is.EqualTo("demo demo@seidra.ai 0"));
        Assert.That(await LoginAsync(ultimate, "demo", Password), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Demo_password_of_the_environment_counts_at_each_start()
    {
        using (var first = await Start(Password).ServesAsync())
        {
            Assert.That(await LoginAsync(first, "demo", Password), Is.EqualTo(HttpStatusCode.OK));
            Assert.That((string)UltimateTables.Scalar(Database, "SELECT hashed_password FROM users WHERE id = 1")!, Does.StartWith("$2b$12$"));
        }

        using var second = await Start("another-good-password").ServesAsync();
        Assert.That(await LoginAsync(second, "demo", "another-good-password"), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await LoginAsync(second, "demo", Password), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Restart_with_the_same_password_keeps_the_hash()
    {
        using (var first = await Start(Password).ServesAsync())
            await LoginAsync(first, "demo", Password);
        var hash = UltimateTables.Scalar(Database, "SELECT hashed_password FROM users WHERE id = 1");
        using var second = await Start(Password).ServesAsync();
        await LoginAsync(second, "demo", Password);
        Assert.That(UltimateTables.Scalar(Database, "SELECT hashed_password FROM users WHERE id = 1"), Is.EqualTo(hash));
    }

    [Test]
    public async Task Start_without_the_password_disables_the_demo_account()
    {
        using (var first = await Start(Password).ServesAsync())
            await LoginAsync(first, "demo", Password);
        using var second = await Start().ServesAsync();
        Assert.That(await LoginAsync(second, "demo", Password), Is.EqualTo(HttpStatusCode.Unauthorized));
    }

    [Test]
    public async Task Demo_user_on_another_id_lets_the_start_fail_on_the_unique_index()
    {
        UltimateTables.Execute(Database, "INSERT INTO users (id, username, email, hashed_password) VALUES (7, 'demo', 'somebody@exemple.fr', 'x')");
        using var ultimate = Start(Password);
        Assert.That(await ultimate.EndsAsync(), Is.EqualTo(1));
        Assert.That(ultimate.Output, Does.Contain("id 1").And.Contain("another id"));
        Assert.That(ultimate.Output, Does.Not.Contain(Password));
    }

    [Test]
    public async Task Login_gives_a_token_signed_with_the_secret()
    {
        using var ultimate = await Start(Password).ServesAsync();
        using var response = await ultimate.Client.PostAsJsonAsync("/api/auth/login", new { username = "demo", password = Password });
        var body = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        Assert.That(((string)body["token_type"]!, (string)body["user"]!["username"]!, (long)body["user"]!["id"]!), Is.EqualTo(("bearer", "demo", 1L)));
        var parts = ((string)body["access_token"]!).Split('.');
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(JwtSecret), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"));
        Assert.That(parts[2], Is.EqualTo(Base64Url.EncodeToString(signature)));
        var payload = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        Assert.That((long)payload["exp"]!, Is.GreaterThan(DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
    }

    [TestCase("""{"username":"demo","password":"wrong"}""", 401)]
    [TestCase("""{"username":"nobody","password":"wrong"}""", 401)]
    [TestCase("""{"username":"demo"}""", 422)]
    [TestCase("""{"username":1,"password":[]}""", 422)]
    [TestCase("nonsense", 422)]
    public async Task Bad_logins_are_refused(string body, int status)
    {
        using var ultimate = await Start(Password).ServesAsync();
        using var response = await ultimate.Client.PostAsync("/api/auth/login", new StringContent(body));
        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [Test]
    public async Task Made_job_is_listed()
    {
        using var ultimate = await Start(Password).ServesAsync();
        using var made = await ultimate.Client.PostAsJsonAsync("/api/jobs", new { username = "demo", prompt = "une fée", model_name = "sd-xl" });
        var id = (string)(await made.Content.ReadFromJsonAsync<JsonObject>())!["id"]!;
        Assert.That((made.StatusCode, Guid.TryParse(id, out _)), Is.EqualTo((HttpStatusCode.Created, true)));
        foreach (var query in new[] { "?limit=5", "?limit=5&username=demo" })
        {
            var jobs = (await ultimate.Client.GetFromJsonAsync<JsonArray>("/api/jobs" + query))!;
            Assert.That(((string)jobs[0]!["id"]!, (string)jobs[0]!["prompt"]!), Is.EqualTo((id, "une fée")), query);
        }
    }

    [TestCase("created_at = NULL")]
    [TestCase("parameters = '[1]'")]
    [TestCase("lora_models = 'null'")]
    [TestCase("result_images = '{\"0\": \"a.png\"}'")]
    [TestCase("metadata = '{broken'")]
    public async Task Row_of_a_wrong_shape_breaks_the_whole_listing(string damage)
    {
        using var ultimate = await Start(Password).ServesAsync();
        for (var i = 0; i < 3; i++)
            (await ultimate.Client.PostAsJsonAsync("/api/jobs", new { username = "demo", prompt = "p", model_name = "m" })).Dispose();
        Assert.That(await StatusAsync(ultimate, "/api/jobs?username=demo"), Is.EqualTo(200));
        UltimateTables.Execute(Database, $"UPDATE generation_jobs SET {damage} WHERE rowid = 2");
        Assert.That(await StatusAsync(ultimate, "/api/jobs?username=demo"), Is.EqualTo(500));
    }

    [TestCase("flat.png", 200)]
    [TestCase("missing.png", 404)]
    [TestCase("sub%2Finner.png", 404)]
    [TestCase("..%2Fseidra.db", 404)]
    public async Task Gallery_knows_flat_names_only(string name, int status)
    {
        Directory.CreateDirectory(Path.Combine(Media, "sub"));
        await File.WriteAllTextAsync(Path.Combine(Media, "flat.png"), "picture");
        await File.WriteAllTextAsync(Path.Combine(Media, "sub", "inner.png"), "picture");
        using var ultimate = await Start().ServesAsync();
        Assert.That(await StatusAsync(ultimate, "/media/" + name), Is.EqualTo(status));
    }

    [Test]
    public async Task Missing_database_ends_the_start_with_its_reason()
    {
        File.Delete(Database);
        using var ultimate = Start();
        Assert.That(await ultimate.EndsAsync(), Is.EqualTo(1));
        Assert.That(ultimate.Output, Does.Contain("unable to open database file"));
    }

    private static async Task<HttpStatusCode> LoginAsync(RoleProcess ultimate, string username, string password)
    {
        using var response = await ultimate.Client.PostAsJsonAsync("/api/auth/login", new { username, password });
        return response.StatusCode;
    }

    private static async Task<int> StatusAsync(RoleProcess ultimate, string path)
    {
        using var response = await ultimate.Client.GetAsync(path);
        return (int)response.StatusCode;
    }

    private RoleProcess Start(string? password = null) => new("ultimate", new Dictionary<string, string?>
    {
        ["SEIDRA_DATABASE_URL"] = "sqlite:///" + Database,
        ["SEIDRA_MEDIA_DIR"] = Media,
        ["JWT_SECRET"] = JwtSecret,
        ["SEIDRA_DEFAULT_USER_PASSWORD"] = password,
    });
}
