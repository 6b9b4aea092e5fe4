namespace Seidra.Reporting.Tests;

/// <summary>The sources that the resources must agree with.</summary>
internal static class Repository
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    /// <summary>All C# of one folder.</summary>
    public static string Sources(params string[] folder) => string.Concat(
        Directory.EnumerateFiles(Path.Combine([Root, .. folder]), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText));

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Seidra.slnx")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("Seidra.slnx"));
}
