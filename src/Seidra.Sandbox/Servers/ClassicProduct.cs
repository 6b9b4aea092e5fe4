using System.Globalization;
using System.Text.Json.Nodes;

namespace Seidra.Sandbox.Servers;

/// <summary>Classic's backend on its own tables.</summary>
internal sealed class ClassicProduct(SqlStore store, Func<string, CancellationToken, Task<Stream?>> openMedia) : IProduct
{
    private const string Columns = "j.id, j.prompt, j.status, j.created_at";

    private readonly UserIds users = new(store);
    private readonly MediaKeyIndex paths = new(store);

    public string Name => "SEIDRA Classic API";

    public JsonObject Health => new() { ["status"] = "healthy" };

    public async Task<JsonArray> ListJobsAsync(int limit, string? username)
    {
        var rows = username is null
            ? await store.QueryAsync($"SELECT {Columns} FROM jobs j ORDER BY j.id DESC LIMIT @limit", ("limit", limit))
            : await store.QueryAsync($"SELECT {Columns} FROM jobs j WHERE j.user_id = @user LIMIT @limit", ("user", await users.FindAsync(username)), ("limit", limit));
        return [.. rows.Select(row => (JsonNode)new JsonObject
        {
            ["id"] = Text(row[0]),
            ["prompt"] = Text(row[1]),
            ["status"] = Text(row[2]),
            ["created_at"] = Text(row[3]),
        })];
    }

    public async Task<string?> CreateJobAsync(NewJob job)
    {
        if (await users.FindAsync(job.Username) is not { } user)
            return null;
        return Text(await store.InsertAsync(
            """
            INSERT INTO jobs (user_id, job_type, prompt, negative_prompt, model_name, parameters, status, progress, result_images, metadata, created_at, updated_at)
            VALUES (@user, 'image', @prompt, '', @model, '{"width": 1024, "height": 1024, "num_images": 1}', 'pending', 0, '[]', '{}', @now, @now)
            RETURNING id
            """,
            ("user", user), ("prompt", job.Prompt), ("model", job.ModelName), ("now", store.Time(DateTime.UtcNow))));
    }

    public async Task<Account?> FindAccountAsync(string username)
    {
        var rows = await store.QueryAsync("SELECT id, username, email, hashed_password, is_active FROM users WHERE username = @name", ("name", username));
        return rows.Count == 0 ? null : Accounts.Read(rows[0]);
    }

    public async Task<Stream?> OpenMediaAsync(string name, CancellationToken cancellation) =>
        await paths.FindAsync(name) is { } key ? await openMedia(key, cancellation) : null;

    private static string? Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);
}
