using System.Text.RegularExpressions;

namespace Seidra.Delivery;

/// <summary>
/// Clones at a pinned commit with the <c>git</c> program, so that SSH, HTTPS, proxies and credential helpers work as the
/// user has configured them. Never asks at the terminal.
/// </summary>
/// <param name="runner">Runs git.</param>
/// <param name="git">The program: a name in PATH or a full path.</param>
public sealed partial class GitClient(ProcessRunner runner, string git = "git")
{
    private static readonly TimeSpan FetchTimeout = TimeSpan.FromMinutes(30);

    // The user's own agent, keys and configuration serve; questions do not.
    private static readonly string[] Inherited =
    [
        .. ProcessEnvironment.Network, "GIT_SSH", "GIT_SSH_COMMAND", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_SSL_CAINFO", "XDG_CONFIG_HOME", "XDG_RUNTIME_DIR",
    ];

    // No optional locks: a look at a clone must not write into it.
    private static readonly Dictionary<string, string> Own = new() { ["GIT_TERMINAL_PROMPT"] = "0", ["GIT_OPTIONAL_LOCKS"] = "0", ["LC_ALL"] = "C" };

    /// <summary>
    /// Makes <paramref name="directory"/> a clone of <paramref name="url"/> at <paramref name="commit"/>. Built beside it and
    /// renamed into place, so the folder is whole or absent. A clone that is already right is left alone.
    /// </summary>
    /// <param name="url">Where to fetch from; credentials belong into git's credential helper, not here.</param>
    /// <param name="commit">40 hexadecimal digits; branches and tags move and are refused.</param>
    /// <param name="directory">The folder to make.</param>
    /// <param name="log">Gets git's lines.</param>
    /// <param name="cancellation">Ends git; the folder stays as it was.</param>
    /// <exception cref="DeliveryException">A name instead of a commit, an unreachable repository, a commit it has not, or another or changed clone in the folder.</exception>
    public async Task<GitCheckout> CloneAtAsync(string url, string commit, string directory, Action<string>? log = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        CheckAddress(url, commit);
        var target = Path.GetFullPath(directory);
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            await CheckCloneAsync(url, commit, target, cancellation);
            return new GitCheckout(commit, await CountFilesAsync(target, cancellation), WasThere: true);
        }

        var parent = Path.GetDirectoryName(target) ?? throw new DeliveryException($"{directory}: expected a folder for the clone, found the root of the file system.");
        var partial = Path.Combine(parent, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}.partial");
        try
        {
            Directory.CreateDirectory(parent);
            foreach (var left in Directory.EnumerateDirectories(parent, $".{Path.GetFileName(target)}.*.partial")) Directory.Delete(left, recursive: true);
            await FetchAsync(url, commit, partial, log, cancellation);
            var files = await CountFilesAsync(partial, cancellation);
            if (Directory.Exists(target)) Directory.Delete(target);
            Directory.Move(partial, target);
            return new GitCheckout(commit, files, WasThere: false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException($"{target}: the clone cannot be put in place ({error.Message}). Make room, or grant write access to {parent}.", error);
        }
        finally
        {
            if (Directory.Exists(partial)) Directory.Delete(partial, recursive: true);
        }
    }

    /// <summary>The commit that is checked out, 40 hexadecimal digits.</summary>
    /// <param name="directory">A clone.</param>
    /// <param name="cancellation">Ends git.</param>
    /// <exception cref="DeliveryException">Not the top folder of a clone, or no commit yet.</exception>
    public async Task<string> HeadAsync(string directory, CancellationToken cancellation = default)
    {
        if (!Path.Exists(Path.Combine(directory, ".git")))
        {
            throw new DeliveryException($"{directory}: expected a git clone, found a folder without .git. Move it away and run again.");
        }

        return (await AskAsync(directory, ["rev-parse", "--verify", "HEAD"], cancellation))
            .OrThrow($"{directory}: commit of the clone", "Move the folder away and run again.").Output.Trim();
    }

    private static void CheckAddress(string url, string commit)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(commit);
        if (!CommitId().IsMatch(commit))
        {
            throw new DeliveryException(
                $"commit \"{commit}\": expected 40 lower-case hexadecimal digits, because names of branches and tags move. Find it with: git ls-remote <url> {(commit.Length is > 0 and < 80 && !commit.StartsWith('-') ? commit : "HEAD")}");
        }

        if (url.Length == 0 || url.StartsWith('-'))
        {
            throw new DeliveryException($"repository \"{url}\": expected a URL or a path. Correct it in the settings.");
        }

        if (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.UserInfo.Contains(':', StringComparison.Ordinal))
        {
            throw new DeliveryException($"repository {uri.Scheme}://***@{uri.Authority.Split('@')[^1]}: a password in the URL would be shown on command lines. Put it into git's credential helper: git config --global credential.helper store");
        }
    }

    private async Task CheckCloneAsync(string url, string commit, string directory, CancellationToken cancellation)
    {
        var remedy = $"Move {directory} away and run again.";
        var head = await HeadAsync(directory, cancellation);
        var origin = (await AskAsync(directory, ["config", "--get", "remote.origin.url"], cancellation)).Output.Trim();
        if (origin != url) throw new DeliveryException($"{directory}: expected a clone of {url}, found one of {(origin.Length == 0 ? "nothing" : origin)}. {remedy}");
        if (head != commit) throw new DeliveryException($"{directory}: expected commit {commit}, found {head}. {remedy}");
        // Files that runs add (reports, .env) are no change of what was cloned; neither is a run bit.
        var status = (await AskAsync(directory, ["-c", "core.fileMode=false", "status", "--porcelain", "--untracked-files=no"], cancellation))
            .OrThrow($"{directory}: state of the clone", remedy).Output;
        var changed = status.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (changed.Length > 0)
        {
            var names = string.Join(", ", changed.Take(5).Select(line => line.Length > 3 ? line[3..] : line));
            throw new DeliveryException(
                $"{directory}: expected the files of {commit}, found {changed.Length} changed: {names}{(changed.Length > 5 ? ", ..." : "")}. See them with: git -C {directory} diff; drop them with: git -C {directory} reset --hard");
        }
    }

    private async Task FetchAsync(string url, string commit, string directory, Action<string>? log, CancellationToken cancellation)
    {
        Directory.CreateDirectory(directory);
        // No template, no hooks: nothing of the user's runs in a clone that only holds another product's code.
        (await TellAsync(directory, ["init", "--quiet", "--template=", "."], log, cancellation)).OrThrow($"git init in {directory}", "Check the disk.");
        (await TellAsync(directory, ["remote", "add", "origin", url], log, cancellation)).OrThrow("git remote add", "Check the repository's URL in the settings.");
        var fetched = await TellAsync(directory, ["fetch", "--quiet", "--no-tags", "--depth=1", "origin", commit], log, cancellation);
        if (fetched.ExitCode != 0)
        {
            // Servers may refuse to hand out a commit by its name; then all branches and tags are fetched to find it in.
            (await TellAsync(directory, ["fetch", "--quiet", "--tags", "origin", "+refs/heads/*:refs/remotes/origin/*"], log, cancellation))
                .OrThrow($"fetching {url}", "Check the URL, the network and your git credentials, for instance with: git ls-remote " + url);
        }

        if ((await AskAsync(directory, ["cat-file", "-e", commit + "^{commit}"], cancellation)).ExitCode != 0)
        {
            throw new DeliveryException($"{url}: has no commit {commit} on any branch or tag. Correct ultimate.repository.commit in the settings.");
        }

        (await TellAsync(directory, ["-c", "core.hooksPath=/dev/null", "-c", "advice.detachedHead=false", "checkout", "--quiet", "--detach", commit], log, cancellation))
            .OrThrow($"checking out {commit}", "Make room on the disk and run again.");
        var head = await HeadAsync(directory, cancellation);
        if (head != commit) throw new DeliveryException($"{directory}: expected commit {commit} after the checkout, found {head}. Run again.");
    }

    private async Task<long> CountFilesAsync(string directory, CancellationToken cancellation) =>
        (await AskAsync(directory, ["ls-files", "-z"], cancellation)).OrThrow($"{directory}: list of files", "Move the folder away and run again.").Output.LongCount(c => c == '\0');

    private Task<ProcessResult> TellAsync(string directory, string[] arguments, Action<string>? log, CancellationToken cancellation) =>
        runner.RunAsync(Spec(directory, arguments) with { Prefix = "git" }, log, cancellation);

    private Task<ProcessResult> AskAsync(string directory, string[] arguments, CancellationToken cancellation) =>
        runner.RunAsync(Spec(directory, arguments) with { Capture = true }, null, cancellation);

    private ProcessSpec Spec(string directory, string[] arguments) => new()
    {
        FileName = git,
        Arguments = arguments,
        WorkingDirectory = directory,
        Environment = Own,
        Inherit = Inherited,
        Timeout = FetchTimeout,
    };

    [GeneratedRegex("^[0-9a-f]{40}$", RegexOptions.CultureInvariant)]
    private static partial Regex CommitId();
}
