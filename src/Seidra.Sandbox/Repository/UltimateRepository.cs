using Seidra.Sandbox.Machines;

namespace Seidra.Sandbox.Repository;

/// <summary>A local git repository that stands in for SEIDRA Ultimate: the guide's files and scripts under their names.</summary>
public static class UltimateRepository
{
    // Fixed, so that the same files give the same commit on every machine: a journal is bound to it.
    private static readonly Dictionary<string, string?> Identity = new()
    {
        ["GIT_AUTHOR_NAME"] = "SEIDRA rehearsal",
        ["GIT_AUTHOR_EMAIL"] = "rehearsal@seidra.invalid",
        ["GIT_AUTHOR_DATE"] = "2024-10-09T14:15:00+00:00",
        ["GIT_COMMITTER_NAME"] = "SEIDRA rehearsal",
        ["GIT_COMMITTER_EMAIL"] = "rehearsal@seidra.invalid",
        ["GIT_COMMITTER_DATE"] = "2024-10-09T14:15:00+00:00",
        // The person's own settings (signing, hooks, templates, line ends) have no say here.
        ["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_DIR"] = null,
        ["GIT_WORK_TREE"] = null,
        ["GIT_INDEX_FILE"] = null,
    };

    /// <summary>Makes the repository; one that is there already stays as it is.</summary>
    /// <param name="directory">Where its work tree lies; it appears whole or not at all.</param>
    /// <param name="ct">Cancels the making.</param>
    /// <returns>The commit at its head, 40 hex digits, the same on every machine.</returns>
    /// <exception cref="SandboxException">git is missing or fails, or the directory holds something else.</exception>
    public static async Task<string> CreateAsync(string directory, CancellationToken ct = default)
    {
        directory = Path.GetFullPath(directory);
        if (Directory.Exists(Path.Combine(directory, ".git")))
            return await HeadAsync(directory, ct);
        if (Directory.Exists(directory) && Directory.EnumerateFileSystemEntries(directory).Any())
            throw new SandboxException($"Expected a place for the stand-in repository, found other files in {directory}; delete them or choose another place.");

        var fresh = directory + ".new";
        if (Directory.Exists(fresh))
            Directory.Delete(fresh, recursive: true);
        UltimateFiles.WriteTo(Directory.CreateDirectory(fresh).FullName);
        await GitAsync(fresh, ct, "init", "--quiet", "--initial-branch=main", "--template=");
        await GitAsync(fresh, ct, "add", "--all", "--force");
        // Where the file system knows no executable bit, git must still record it.
        await GitAsync(fresh, ct, ["update-index", "--chmod=+x", "--", .. UltimateFiles.Programs]);
        await GitAsync(fresh, ct, "commit", "--quiet", "--no-verify", "--message=Stand-in for SEIDRA Ultimate");
        if (Directory.Exists(directory))
            Directory.Delete(directory);
        Directory.Move(fresh, directory);
        return await HeadAsync(directory, ct);
    }

    private static async Task<string> HeadAsync(string directory, CancellationToken ct) =>
        (await GitAsync(directory, ct, "rev-parse", "--verify", "HEAD")).Trim();

    private static Task<string> GitAsync(string directory, CancellationToken ct, params string[] arguments) =>
        Command.RunAsync("git", ["-c", "core.autocrlf=false", "-c", "gc.auto=0", .. arguments], ct, directory, Identity);
}
