using System.Text;
using System.Text.RegularExpressions;

namespace Seidra.Configuration;

/// <summary>Turns a reference into a secret. Its messages repeat references only, never values.</summary>
internal sealed partial class SecretResolver(IReadOnlyDictionary<string, string> environment)
{
    /// <summary>The form of a reference, for the schema.</summary>
    public const string Pattern = @"^(\$\{[A-Za-z_][A-Za-z0-9_]*\}|file:.+|vault:.+)$";

    private const int LongestFile = 64 * 1024;
    private const string FilePrefix = "file:";

    /// <summary>Resolves; what went wrong is in <paramref name="problem"/> where the result is null.</summary>
    public Secret? Resolve(string reference, string baseDirectory, out string? problem)
    {
        problem = null;
        if (Variable().Match(reference) is { Success: true } match)
            return FromEnvironment(match.Groups[1].Value, reference, out problem);
        if (reference.StartsWith(FilePrefix, StringComparison.Ordinal) && reference.Length > FilePrefix.Length)
            return FromFile(Path.GetFullPath(reference[FilePrefix.Length..], baseDirectory), out problem);
        problem = reference.StartsWith("vault:", StringComparison.Ordinal)
            ? "expected a reference that can be resolved, found one to Vault, which is not configured; write ${NAME} or file:/path"
            : "expected a reference, found something else (not repeated here): secrets are only ever references. "
                + "Put the value into an environment variable and write ${NAME}, or into a file and write file:/path";
        return null;
    }

    private Secret? FromEnvironment(string name, string reference, out string? problem)
    {
        problem = null;
        if (environment.TryGetValue(name, out var value) && value.Length > 0)
            return new Secret(value, reference);
        problem = $"expected the environment variable {name} to hold the secret, found it {(value is null ? "not set" : "empty")}";
        return null;
    }

    private static Secret? FromFile(string path, out string? problem)
    {
        problem = null;
        try
        {
            using var file = File.OpenRead(path);
            var bytes = new byte[LongestFile + 1];
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > LongestFile)
            {
                problem = $"expected a secret of at most {LongestFile} bytes in {path}, found more";
                return null;
            }
            var value = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, 0, length).TrimEnd('\r', '\n');
            if (value.Length > 0)
                return new Secret(value, FilePrefix + path);
            problem = $"expected a secret in {path}, found an empty file";
        }
        catch (DecoderFallbackException)
        {
            problem = $"expected UTF-8 text in {path}, found other bytes";
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = $"expected a readable secret file at {path}, found: {error.Message}";
        }
        return null;
    }

    [GeneratedRegex(@"\A\$\{([A-Za-z_][A-Za-z0-9_]*)\}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Variable();
}
