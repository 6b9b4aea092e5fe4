namespace Seidra.Delivery.Tests;

/// <summary>A local repository with three commits: two on main, one on a branch of its own.</summary>
internal sealed class GitRepository
{
    private readonly string _path;

    private GitRepository(string path) => _path = path;

    public string Url => _path;

    public string First { get; private set; } = "";

    public string Second { get; private set; } = "";

    public string OnBranch { get; private set; } = "";

    public static async Task<GitRepository> CreateAsync(string path)
    {
        Directory.CreateDirectory(path);
        var repository = new GitRepository(path);
        await repository.Git("init", "--quiet", "--initial-branch=main", ".");
        Directory.CreateDirectory(Path.Combine(path, "scripts"));
        File.WriteAllText(Path.Combine(path, "scripts", "ci-report.sh"), "#!/bin/sh\necho report\n");
        File.WriteAllText(Path.Combine(path, "README.md"), "one\n");
        repository.First = await repository.Commit("one");
        File.WriteAllText(Path.Combine(path, "README.md"), "two\n");
        repository.Second = await repository.Commit("two");
        await repository.Git("checkout", "--quiet", "-b", "feature", repository.First);
        File.WriteAllText(Path.Combine(path, "feature"), "f\n");
        repository.OnBranch = await repository.Commit("feature");
        await repository.Git("checkout", "--quiet", "main");
        return repository;
    }

    public async Task<string> Git(params string[] arguments)
    {
        var result = await new ProcessRunner().RunAsync(new ProcessSpec
        {
            FileName = "git",
            Arguments = ["-c", "user.name=t", "-c", "user.email=t@example.invalid", "-c", "commit.gpgsign=false", .. arguments],
            WorkingDirectory = _path,
            Capture = true,
        });
        return result.OrThrow("git " + string.Join(' ', arguments), "See above.").Output.Trim();
    }

    private async Task<string> Commit(string message)
    {
        await Git("add", "--all");
        await Git("commit", "--quiet", "-m", message);
        return await Git("rev-parse", "HEAD");
    }
}
