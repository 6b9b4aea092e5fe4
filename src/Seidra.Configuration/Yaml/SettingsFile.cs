using System.Text;

namespace Seidra.Configuration;

/// <summary>Reads the settings file: bounded, UTF-8, every refusal a located problem.</summary>
internal static class SettingsFile
{
    private const int MaxBytes = 1024 * 1024;

    /// <summary>The root section; empty where the file says nothing, null where it cannot be used, which is told.</summary>
    public static MapNode? Read(string path, ProblemList problems)
    {
        Origin At(int? line) => new(path, line, null);

        if (Text(path, At, problems) is not { } text)
            return null;
        var before = problems.Count;
        var root = YamlReader.Read(text, line => At(line), "", problems);
        return root switch
        {
            MapNode map => map,
            null or ScalarNode { IsNull: true } when problems.Count == before => new MapNode(At(null)),
            null => null,
            _ => Refuse($"expected keys and values, found {root.Name}", root.Origin, problems),
        };
    }

    private static string? Text(string path, Func<int?, Origin> at, ProblemList problems)
    {
        try
        {
            if (Directory.Exists(path))
                problems.Add(at(null), "", "expected a settings file, found a folder; name the file with --settings=FILE");
            else if (!File.Exists(path))
                problems.Add(at(null), "", $"expected a settings file at {path}, found none; next: copy seidra.example.yaml to {path} and fill it in");
            else
                return Decode(ReadBytes(path), at, problems);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(at(null), "", $"expected a readable settings file, found: {error.Message}");
        }
        return null;
    }

    private static byte[] ReadBytes(string path)
    {
        using var file = File.OpenRead(path);
        var bytes = new byte[MaxBytes + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= MaxBytes ? bytes[..length] : throw new IOException($"more than {MaxBytes} bytes");
    }

    private static string? Decode(byte[] bytes, Func<int?, Origin> at, ProblemList problems)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException error)
        {
            var line = bytes.AsSpan(0, Math.Clamp(error.Index, 0, bytes.Length)).Count((byte)'\n') + 1;
            problems.Add(at(line), "", $"expected UTF-8 text, found other bytes at offset {error.Index}");
            return null;
        }
    }

    private static MapNode? Refuse(string message, Origin origin, ProblemList problems)
    {
        problems.Add(origin, "", message);
        return null;
    }
}
