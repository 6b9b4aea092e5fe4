using System.Buffers;
using System.Text;

namespace Seidra.Media;

/// <summary>Which keys a directory can hold, and where.</summary>
internal static class FileKeys
{
    /// <summary>The store's own folder inside the directory; no key may lead into it.</summary>
    public const string Private = ".seidra-meta";

    private const int MaxPartBytes = 255;

    private static readonly SearchValues<char> ReservedByWindows = SearchValues.Create("\\:*?\"<>|");

    /// <summary>Why a directory cannot hold this key, or null where it can.</summary>
    public static string? Problem(string key)
    {
        if (key.Length == 0)
        {
            return "the key is empty";
        }

        foreach (var range in key.AsSpan().Split('/'))
        {
            if (PartProblem(key.AsSpan()[range]) is { } problem)
            {
                return problem;
            }
        }

        return key.StartsWith(Private + "/", StringComparison.OrdinalIgnoreCase) || key == Private
            ? $"{Private} belongs to the store itself"
            : null;
    }

    /// <summary>The file for a key, relative to the root.</summary>
    /// <exception cref="MediaObjectException">The directory cannot hold the key.</exception>
    public static string ToRelativePath(string key) =>
        Problem(key) is { } problem
            ? throw new MediaObjectException(key, ObjectFailure.UnusableKey, $"A directory cannot hold the key '{key}': {problem}.")
            : Path.DirectorySeparatorChar == '/' ? key : key.Replace('/', Path.DirectorySeparatorChar);

    private static string? PartProblem(ReadOnlySpan<char> part) => part switch
    {
        [] => "it has an empty part (a leading, doubled or trailing slash)",
        "." or ".." => "'.' and '..' would lead out of its folder",
        _ when part.Contains('\0') => "it has a NUL character",
        _ when Path.DirectorySeparatorChar == '\\' && part.ContainsAny(ReservedByWindows) => "it has a character that Windows reserves",
        _ when Encoding.UTF8.GetByteCount(part) > MaxPartBytes => $"a part is longer than {MaxPartBytes} bytes",
        _ => null,
    };
}
