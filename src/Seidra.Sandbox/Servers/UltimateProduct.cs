using System.Text.Json;
using System.Text.Json.Nodes;

namespace Seidra.Sandbox.Servers;

/// <summary>Ultimate's backend on its own tables, as strict with their content as the real one.</summary>
internal sealed class UltimateProduct(SqlStore store, MediaFolder media, DemoAccount demo) : IProduct
{
    private const string Columns =
        "j.id, j.prompt, j.job_type, j.negative_prompt, j.model_name, j.status, j.progress, j.created_at, j.parameters, j.lora_models, j.result_images, j.metadata";

    private const int FirstJson = 8;

    private static readonly string[] Names = [.. Columns.Split(", ").Select(column => column[2..])];

    private readonly UserIds users = new(store);

    public string Name => "SEIDRA Ultimate API";

    public JsonObject Health => new()
    {
        ["status"] = "healthy",
        ["gpu"] = new JsonObject { ["available"] = false },
        ["models_loaded"] = 0,
        ["active_connections"] = 0,
    };

    public async Task<JsonArray> ListJobsAsync(int limit, string? username)
    {
        var rows = username is null
            ? await store.QueryAsync($"SELECT {Columns} FROM generation_jobs j ORDER BY {store.NewestFirst} LIMIT @limit", ("limit", limit))
            : await store.QueryAsync(
                $"SELECT {Columns} FROM generation_jobs j WHERE j.user_id = @user LIMIT @limit", ("user", await users.FindAsync(username)), ("limit", limit));
        return [.. rows.Select(Job)];
    }

    public async Task<string?> CreateJobAsync(NewJob job)
    {
        if (await users.FindAsync(job.Username) is not { } user)
            return null;
        var id = Guid.NewGuid().ToString();
        await store.ExecuteAsync(
            """
            INSERT INTO generation_jobs (id, user_id, job_type, prompt, negative_prompt, model_name, lora_models, parameters, status, progress,
                                         result_images, metadata, is_nsfw, nsfw_score, created_at, updated_at)
            VALUES (@id, @user, 'image', @prompt, '', @model, '[]', '{}', 'pending', 0, '[]', '{}', @no, 0, @now, @now)
            ON CONFLICT (id) DO NOTHING
            """,
            ("id", id), ("user", user), ("prompt", job.Prompt), ("model", job.ModelName), ("no", false), ("now", store.Time(DateTime.UtcNow)));
        return id;
    }

    public async Task<Account?> FindAccountAsync(string username)
    {
        await demo.ReadyAsync();
        var rows = await store.QueryAsync("SELECT id, username, email, hashed_password, is_active FROM users WHERE username = @name", ("name", username));
        return rows.Count == 0 ? null : Accounts.Read(rows[0]);
    }

    public Task<Stream?> OpenMediaAsync(string name, CancellationToken cancellation) =>
        // The gallery knows flat names only.
        Task.FromResult(name.Contains('/', StringComparison.Ordinal) ? null : media.Open(name));

    /// <summary>The real code reads these columns without asking: a NULL or another shape is an error for the whole listing.</summary>
    private static JsonNode Job(object?[] row)
    {
        var job = new JsonObject();
        for (var i = 0; i < row.Length; i++)
        {
            var value = row[i] ?? throw new SandboxException($"job {row[0]}: {Names[i]} is NULL");
            job[Names[i]] = i < FirstJson ? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) : Json(row[0]!, Names[i], (string)value);
        }

        return job;
    }

    private static JsonNode Json(object id, string name, string text)
    {
        JsonNode? node = null;
        try
        {
            node = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            // Named below together with the wrong shapes.
        }

        return name is "lora_models" or "result_images" ? node as JsonArray ?? throw Wrong(id, name, "a list") : node as JsonObject ?? throw Wrong(id, name, "an object");
    }

    private static SandboxException Wrong(object id, string name, string expected) => new($"job {id}: {name} is not {expected}");
}
