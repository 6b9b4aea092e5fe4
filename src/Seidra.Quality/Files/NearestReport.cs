namespace Seidra.Quality;

/// <summary>Finds the file that was probably meant when a report is not where the settings say.</summary>
internal static class NearestReport
{
    // Dependency folders hold thousands of files that are never reports of this run.
    private static readonly HashSet<string> Skipped = new(StringComparer.Ordinal) { "node_modules", ".git", ".venv", "__pycache__" };
    private const int MaxDepth = 8;
    private const int MaxFiles = 20_000;

    /// <summary>The best candidate below the reports folder, or null where there is none.</summary>
    public static string? To(string path, string? reportsDirectory)
    {
        var wanted = Path.GetFullPath(path);
        var root = Root(wanted, reportsDirectory);
        return root is null
            ? null
            : Files(root)
                .Take(MaxFiles)
                .Select(file => (File: file, Score: Score(wanted, file)))
                .Where(candidate => candidate.Score is not null)
                .OrderBy(candidate => candidate.Score)
                .ThenBy(candidate => candidate.File, StringComparer.Ordinal)
                .Select(candidate => candidate.File)
                .FirstOrDefault();
    }

    private static string? Root(string wanted, string? reportsDirectory)
    {
        if (reportsDirectory is not null && Directory.Exists(reportsDirectory)) return Path.GetFullPath(reportsDirectory);
        // One level above the missing folder is still "near"; higher would search the whole disk.
        var parent = Path.GetDirectoryName(wanted);
        for (var levels = 0; parent is not null && levels < 2; levels++, parent = Path.GetDirectoryName(parent))
        {
            if (Directory.Exists(parent)) return parent;
        }

        return null;
    }

    private static IEnumerable<string> Files(string root)
    {
        var queue = new Queue<(string Directory, int Depth)>([(root, 0)]);
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };
        while (queue.TryDequeue(out var current))
        {
            foreach (var file in Directory.EnumerateFiles(current.Directory, "*", options)) yield return file;
            if (current.Depth >= MaxDepth) continue;
            foreach (var folder in Directory.EnumerateDirectories(current.Directory, "*", options))
            {
                if (!Skipped.Contains(Path.GetFileName(folder))) queue.Enqueue((folder, current.Depth + 1));
            }
        }
    }

    // Lower is nearer: same name first, then same extension with a like name; the distance in folders decides ties.
    private static int? Score(string wanted, string candidate)
    {
        var distance = FolderDistance(wanted, candidate);
        if (string.Equals(Path.GetFileName(wanted), Path.GetFileName(candidate), StringComparison.OrdinalIgnoreCase)) return distance;
        if (!string.Equals(Path.GetExtension(wanted), Path.GetExtension(candidate), StringComparison.OrdinalIgnoreCase)) return null;
        var wantedName = Path.GetFileNameWithoutExtension(wanted);
        var name = Path.GetFileNameWithoutExtension(candidate);
        var common = wantedName.Zip(name).TakeWhile(pair => pair.First == pair.Second).Count();
        return 1000 - (10 * common) + distance;
    }

    private static int FolderDistance(string left, string right)
    {
        var a = Path.GetDirectoryName(left)!.Split(Path.DirectorySeparatorChar);
        var b = Path.GetDirectoryName(right)!.Split(Path.DirectorySeparatorChar);
        var common = a.Zip(b).TakeWhile(pair => pair.First == pair.Second).Count();
        return a.Length + b.Length - (2 * common);
    }
}
