namespace Seidra.Sandbox.Machines;

/// <summary>The folder of PostgreSQL's server programs.</summary>
internal static class PostgresBinaries
{
    private const int OldestMajor = 15;

    // Debian, Fedora/RHEL (PGDG), Homebrew.
    private static readonly string[] Roots = ["/usr/lib/postgresql", "/usr/pgsql", "/opt/homebrew/opt", "/usr/local/opt"];

    /// <summary>The newest installed version's folder, or null where there is none of version 15 or later.</summary>
    public static string? Find() =>
        Roots.Where(Directory.Exists)
            .SelectMany(root => Directory.EnumerateDirectories(root))
            .Concat(Directory.Exists("/usr") ? Directory.EnumerateDirectories("/usr", "pgsql-*") : [])
            .Select(folder => (Major: MajorOf(Path.GetFileName(folder)), Bin: Path.Combine(folder, "bin")))
            .Where(found => found.Major >= OldestMajor && File.Exists(Path.Combine(found.Bin, "initdb")) && File.Exists(Path.Combine(found.Bin, "postgres")))
            .OrderByDescending(found => found.Major)
            .Select(found => found.Bin)
            .FirstOrDefault();

    private static int MajorOf(string folder) =>
        int.TryParse(folder[(folder.LastIndexOfAny(['-', '@']) + 1)..], out var major) ? major : 0;
}
