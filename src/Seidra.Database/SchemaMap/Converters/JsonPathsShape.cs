using System.Text.Json;

namespace Seidra.Database;

/// <summary>A list of paths of media files, each rewritten to where the file lies in Ultimate, if that is known.</summary>
internal sealed class JsonPathsShape : IJsonShape
{
    public void Write(JsonElement value, Utf8JsonWriter writer, RowVerdict row, ref bool altered) =>
        JsonStringsShape.Write(value, writer, path => IsAddress(path) ? path : row.MapMediaPath(path) ?? path, ref altered);

    /// <summary>An address of another server is no path of ours, except in the bucket's own scheme.</summary>
    public static bool IsAddress(string path) =>
        path.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("http:", StringComparison.OrdinalIgnoreCase) || path.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
}
