using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Seidra.Sandbox.Data;
using Seidra.Sandbox.Tests.World;

namespace Seidra.Sandbox.Tests.Servers;

public sealed class ClassicServerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seidra classic 100%25 #1 é");
    private RoleProcess classic = null!;
    private string user = "";

    private string Database => Path.Combine(folder.FullName, "seidra.db");

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        ClassicData.CreateSqlite(Database, rows: 400, objects: 60);
        ClassicData.CreateMedia(Path.Combine(folder.FullName, "media"), objects: 60);
        user = (string)UltimateTables.Scalar(Database, $"SELECT username FROM users WHERE id = {ClassicData.ProbeUserId}")!;
        classic = await Start().ServesAsync();
    }

    public void Dispose()
    {
        classic.Dispose();
        folder.Delete(recursive: true);
    }

    [Test]
    public async Task Serves_health_jobs_login_and_media_by_file_name()
    {
        Assert.That(await StatusAsync("/api/health"), Is.EqualTo(200));
        Assert.That((await classic.Client.GetFromJsonAsync<JsonArray>("/api/jobs?limit=20"))!, Has.Count.EqualTo(20));
        using var login = await classic.Client.PostAsJsonAsync("/api/auth/login", new { username = user, password = ClassicData.Password });
        Assert.That((int)login.StatusCode, Is.EqualTo(200));
        var key = MediaCatalog.First(1)[0].Key;
        Assert.That(
            await classic.Client.GetByteArrayAsync("/media/" + Path.GetFileName(key)),
            Is.EqualTo(await File.ReadAllBytesAsync(Path.Combine(folder.FullName, "media", key))));
        Assert.That(await StatusAsync("/media/no-such.png"), Is.EqualTo(404));
    }

    [Test]
    public async Task Acknowledged_job_is_in_the_database()
    {
        var (status, id) = await WriteAsync("un chat");
        Assert.That((status, UltimateTables.Scalar(Database, $"SELECT prompt FROM jobs WHERE id = {id}")), Is.EqualTo((201, "un chat")));
    }

    [Test]
    public async Task Job_of_an_unknown_user_is_refused()
    {
        using var response = await classic.Client.PostAsJsonAsync("/api/jobs", new { username = "nobody-here", prompt = "p", model_name = "m" });
        Assert.That((int)response.StatusCode, Is.EqualTo(404));
    }

    [Test]
    public async Task Write_freeze_answers_503_with_a_time_to_retry()
    {
        UltimateTables.Execute(Database, "CREATE TRIGGER freeze BEFORE INSERT ON jobs WHEN NEW.prompt = 'frozen' BEGIN SELECT RAISE(ABORT, 'writes are frozen by seidra cutover'); END");
        using var response = await classic.Client.PostAsJsonAsync("/api/jobs", new { username = user, prompt = "frozen", model_name = "m" });
        Assert.That(((int)response.StatusCode, response.Headers.RetryAfter?.ToString()), Is.EqualTo((503, "1")));
        Assert.That((await WriteAsync("not frozen")).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task Dies_with_the_process_that_holds_its_input()
    {
        using var another = await Start().ServesAsync();
        another.LetGo();
        Assert.That(await another.EndsAsync(), Is.Zero);
    }

    private RoleProcess Start() => new("classic", new Dictionary<string, string?>
    {
        ["SEIDRA_DATABASE_URL"] = "sqlite:///" + Database,
        ["SEIDRA_MEDIA_URL"] = "file://" + Path.Combine(folder.FullName, "media"),
        ["JWT_SECRET"] = "classic",
    });

    private async Task<(int Status, string Id)> WriteAsync(string prompt)
    {
        using var response = await classic.Client.PostAsJsonAsync("/api/jobs", new { username = user, prompt, model_name = "sd" });
        var body = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
        return ((int)response.StatusCode, (string)body["id"]!);
    }

    private async Task<int> StatusAsync(string path)
    {
        using var response = await classic.Client.GetAsync(path);
        return (int)response.StatusCode;
    }
}
