using System.Text.Json.Nodes;

namespace Seidra.Sandbox.Servers;

/// <summary>An account as a login needs it.</summary>
internal sealed record Account(long Id, string Username, string? Email, string PasswordHash, bool IsActive);

/// <summary>What <c>POST /api/jobs</c> asks for.</summary>
internal sealed record NewJob(string Username, string Prompt, string ModelName);

/// <summary>What differs between Classic and Ultimate behind the same paths.</summary>
internal interface IProduct
{
    /// <summary>The name shown by <c>GET /</c>.</summary>
    string Name { get; }

    /// <summary>The answer of <c>GET /api/health</c>.</summary>
    JsonObject Health { get; }

    /// <summary>The newest jobs, of all users or of one.</summary>
    Task<JsonArray> ListJobsAsync(int limit, string? username);

    /// <summary>Makes a job and returns its id, or null where there is no such user.</summary>
    Task<string?> CreateJobAsync(NewJob job);

    /// <summary>The account of that name, or null.</summary>
    Task<Account?> FindAccountAsync(string username);

    /// <summary>The media file that the gallery asks for by this name, or null.</summary>
    Task<Stream?> OpenMediaAsync(string name, CancellationToken cancellation);
}
