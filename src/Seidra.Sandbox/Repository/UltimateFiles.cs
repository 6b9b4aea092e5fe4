namespace Seidra.Sandbox.Repository;

/// <summary>The files of the stand-in repository, carried in this assembly.</summary>
internal static class UltimateFiles
{
    private const string Prefix = "ultimate/";

    /// <summary>Their paths, with forward slashes.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. typeof(UltimateFiles).Assembly.GetManifestResourceNames().Select(Normal)
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..]).Order(StringComparer.Ordinal)];

    /// <summary>The paths of the programs among them.</summary>
    public static IReadOnlyList<string> Programs { get; } =
        [.. Paths.Where(path => path.EndsWith(".sh", StringComparison.Ordinal)
            || (path.EndsWith(".py", StringComparison.Ordinal) && path.StartsWith("scripts/", StringComparison.Ordinal)))];

    /// <summary>Writes them below a directory, programs executable.</summary>
    public static void WriteTo(string directory)
    {
        var assembly = typeof(UltimateFiles).Assembly;
        foreach (var resource in assembly.GetManifestResourceNames().Where(name => Normal(name).StartsWith(Prefix, StringComparison.Ordinal)))
        {
            var file = Path.Combine(directory, Normal(resource)[Prefix.Length..]);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            using var content = assembly.GetManifestResourceStream(resource)!;
            using var target = File.Create(file);
            content.CopyTo(target);
        }

        if (OperatingSystem.IsWindows())
            return;
        foreach (var program in Programs.Select(path => Path.Combine(directory, path)))
            File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    // A build on Windows puts backslashes into the names.
    private static string Normal(string resource) => resource.Replace('\\', '/');
}
