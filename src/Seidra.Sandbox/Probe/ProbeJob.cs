using System.Text.Json;

namespace Seidra.Sandbox.Probe;

/// <summary>The job that a probe's write asks for: its prompt carries the token.</summary>
internal static class ProbeJob
{
    private const string Prefix = "probe ";

    /// <summary>The request's body.</summary>
    public static byte[] Body(string user, string token) => JsonSerializer.SerializeToUtf8Bytes(
        new ProbeJobBody(user, Prefix + token, "sd-xl"), ProbeJson.Default.ProbeJobBody);

    /// <summary>The token in a job's prompt, or null where the prompt is somebody else's.</summary>
    public static string? Token(string prompt) => prompt.StartsWith(Prefix, StringComparison.Ordinal) ? prompt[Prefix.Length..] : null;
}
