using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Seidra.Sandbox.Servers;

/// <summary>The HTTP paths that both products share, with the real products' answers.</summary>
internal sealed class ProductApi(IProduct product, SqlStore store, string jwtSecret)
{
    private const int MostListed = 200;

    private static readonly TimeSpan SessionLifetime = TimeSpan.FromHours(24);

    /// <summary>Answers one request.</summary>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (DbException error) when (store.IsFrozenOrBusy(error))
        {
            context.Response.Headers.RetryAfter = "1";
            await AnswerAsync(context, 503, Detail($"the database takes no writes now: {error.Message}"));
        }
        catch (JsonException)
        {
            await AnswerAsync(context, 422, Detail("the body is not the expected JSON object"));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone; there is nobody to answer.
        }
        catch (Exception error) when (error is DbException or SandboxException or IOException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"{context.Request.Method} {context.Request.Path}: {error.Message}");
            if (!context.Response.HasStarted)
                await AnswerAsync(context, 500, Detail("Internal Server Error"));
        }
    }

    private static JsonObject Detail(string text) => new() { ["detail"] = text };

    private static string Text(JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw new JsonException();

    private static async Task<JsonObject> BodyAsync(HttpContext context) =>
        await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted) as JsonObject ?? throw new JsonException();

    private static async Task AnswerAsync(HttpContext context, int status, JsonNode body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString());
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    private Task RouteAsync(HttpContext context) => (context.Request.Method, context.Request.Path.Value ?? "") switch
    {
        ("GET", "/") => AnswerAsync(context, 200, new JsonObject { ["message"] = product.Name, ["version"] = "1.0.0", ["status"] = "mystical" }),
        ("GET", "/api/health") => AnswerAsync(context, 200, product.Health),
        ("GET", "/api/jobs") => ListAsync(context),
        ("POST", "/api/jobs") => CreateAsync(context),
        ("POST", "/api/auth/login") => LoginAsync(context),
        ("GET", var path) when path.StartsWith("/media/", StringComparison.Ordinal) => MediaAsync(context, path["/media/".Length..]),
        _ => AnswerAsync(context, 404, Detail("Not Found")),
    };

    private async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var wished) ? Math.Clamp(wished, 1, MostListed) : 50;
        await AnswerAsync(context, 200, await product.ListJobsAsync(limit, query["username"].FirstOrDefault()));
    }

    private async Task CreateAsync(HttpContext context)
    {
        var body = await BodyAsync(context);
        var id = await product.CreateJobAsync(new NewJob(Text(body, "username"), Text(body, "prompt"), Text(body, "model_name")));
        if (id is null)
            await AnswerAsync(context, 404, Detail("there is no such user"));
        else
            await AnswerAsync(context, 201, new JsonObject { ["id"] = id, ["status"] = "pending" });
    }

    private async Task LoginAsync(HttpContext context)
    {
        var body = await BodyAsync(context);
        var (username, password) = (Text(body, "username"), Text(body, "password"));
        if (await product.FindAccountAsync(username) is not { IsActive: true } account || !PasswordHash.Matches(password, account.PasswordHash))
        {
            await AnswerAsync(context, 401, Detail("Incorrect username or password"));
            return;
        }

        await AnswerAsync(context, 200, new JsonObject
        {
            ["access_token"] = JsonWebToken.Create(jwtSecret, account, SessionLifetime),
            ["token_type"] = "bearer",
            ["expires_in"] = (long)SessionLifetime.TotalSeconds,
            ["user"] = new JsonObject { ["id"] = account.Id, ["username"] = account.Username, ["email"] = account.Email },
        });
    }

    private async Task MediaAsync(HttpContext context, string name)
    {
        await using var file = await product.OpenMediaAsync(name, context.RequestAborted);
        if (file is null)
        {
            await AnswerAsync(context, 404, Detail("there is no such file"));
            return;
        }

        context.Response.ContentType = "application/octet-stream";
        await file.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
