namespace Seidra.Delivery.Tests;

public sealed class GitClientTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly GitClient _git = new(new ProcessRunner());
    private GitRepository _repository = null!;

    [SetUp]
    public async Task CreateRepository() => _repository = await GitRepository.CreateAsync(_folder.At("ultimate.git"));

    public void Dispose() => _folder.Dispose();

    private string Target => _folder.At("staging/ultimate");

    [Test]
    public async Task The_clone_is_at_the_pinned_commit_and_alone_in_its_place()
    {
        var checkout = await _git.CloneAtAsync(_repository.Url, _repository.First, Target);

        Assert.That(checkout, Is.EqualTo(new GitCheckout(_repository.First, 2, WasThere: false)));
        Assert.That(File.ReadAllText(Path.Combine(Target, "README.md")), Is.EqualTo("one\n"));
        Assert.That(await _git.HeadAsync(Target), Is.EqualTo(_repository.First));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.At("staging")), Is.EqualTo(new[] { Target }));
    }

    [Test]
    public async Task A_commit_on_any_branch_and_a_file_URL_will_do()
    {
        await _git.CloneAtAsync(new Uri(_repository.Url).AbsoluteUri, _repository.OnBranch, Target);

        Assert.That(File.Exists(Path.Combine(Target, "feature")), Is.True);
    }

    [Test]
    public async Task A_server_that_hands_out_no_commit_by_name_is_fetched_whole()
    {
        // Protocol 0 with the default configuration refuses commits that no branch points at.
        var configuration = _folder.Write("gitconfig", "[protocol]\n\tversion = 0\n");
        var runner = new ProcessRunner();
        var git = _folder.Write("git0", $"#!/bin/sh\nGIT_CONFIG_GLOBAL={configuration} exec git \"$@\"\n");
        var log = new List<string>();

        await new GitClient(runner, git).CloneAtAsync(new Uri(_repository.Url).AbsoluteUri, _repository.First, Target, log.Add);

        Assert.That(await _git.HeadAsync(Target), Is.EqualTo(_repository.First));
        Assert.That(log, Has.Some.Contains("not our ref").Or.Some.Contains("unadvertised"), "the short way was refused, or this test proves nothing");
    }

    [Test]
    public async Task A_second_call_changes_nothing_and_needs_no_repository()
    {
        await _git.CloneAtAsync(_repository.Url, _repository.Second, Target);
        Directory.Move(_repository.Url, _repository.Url + ".gone");
        var before = Directory.GetLastWriteTimeUtc(Path.Combine(Target, ".git"));

        var again = await _git.CloneAtAsync(_repository.Url, _repository.Second, Target);

        Assert.That(again.WasThere, Is.True);
        Assert.That(Directory.GetLastWriteTimeUtc(Path.Combine(Target, ".git")), Is.EqualTo(before));
    }

    [Test]
    public async Task What_runs_add_to_a_clone_is_no_change_but_a_changed_file_is()
    {
        await _git.CloneAtAsync(_repository.Url, _repository.Second, Target);
        Directory.CreateDirectory(Path.Combine(Target, "reports"));
        File.WriteAllText(Path.Combine(Target, "reports", "junit.xml"), "<testsuites/>");
        File.SetUnixFileMode(Path.Combine(Target, "scripts", "ci-report.sh"), (UnixFileMode)0b111_101_101);
        Assert.That((await _git.CloneAtAsync(_repository.Url, _repository.Second, Target)).WasThere, Is.True);

        File.AppendAllText(Path.Combine(Target, "README.md"), "by hand");

        Assert.That(
            () => _git.CloneAtAsync(_repository.Url, _repository.Second, Target),
            Throws.TypeOf<DeliveryException>().With.Message.Contains("found 1 changed: README.md").And.Message.Contains("git -C"));
        Assert.That(File.ReadAllText(Path.Combine(Target, "README.md")), Does.EndWith("by hand"), "nothing is thrown away");
    }

    [Test]
    public async Task Another_commit_another_origin_and_another_folder_are_refused_and_left_alone()
    {
        await _git.CloneAtAsync(_repository.Url, _repository.First, Target);
        Assert.That(
            () => _git.CloneAtAsync(_repository.Url, _repository.Second, Target),
            Throws.TypeOf<DeliveryException>().With.Message.Contains($"expected commit {_repository.Second}, found {_repository.First}"));
        Assert.That(
            () => _git.CloneAtAsync("https://example.invalid/other.git", _repository.First, Target),
            Throws.TypeOf<DeliveryException>().With.Message.Contains("expected a clone of https://example.invalid/other.git"));

        _folder.Write("mine/letter.txt", "dear");
        Assert.That(
            () => _git.CloneAtAsync(_repository.Url, _repository.First, _folder.At("mine")),
            Throws.TypeOf<DeliveryException>().With.Message.Contains("found a folder without .git"));
        Assert.That(File.Exists(_folder.At("mine/letter.txt")), Is.True);
        Assert.That(await _git.HeadAsync(Target), Is.EqualTo(_repository.First));
    }

    [Test]
    public void A_folder_inside_another_clone_is_not_taken_for_that_clone()
    {
        var inside = Path.Combine(_repository.Url, "scripts");

        Assert.That(() => _git.HeadAsync(inside), Throws.TypeOf<DeliveryException>().With.Message.Contains("without .git"));
    }

    [TestCase("main")]
    [TestCase("v1.0")]
    [TestCase("abc123")]
    [TestCase("ABCDEFABCDEFABCDEFABCDEFABCDEFABCDEFABCD")]
    [TestCase("--upload-pack=touch /x")]
    [TestCase("")]
    public void Names_that_move_are_refused(string commit)
    {
        Assert.That(
            () => _git.CloneAtAsync(_repository.Url, commit, Target),
            Throws.TypeOf<DeliveryException>().With.Message.Contains("40 lower-case hexadecimal digits").And.Message.Contains("git ls-remote"));
        Assert.That(Directory.Exists(Target), Is.False);
    }

    [TestCase("--upload-pack=x", "expected a URL or a path")]
    [TestCase("https://me:s3cret@example.invalid/x.git", "a password in the URL")]
    public void Addresses_that_would_be_options_or_show_a_password_are_refused(string url, string expected)
    {
        Assert.That(
            () => _git.CloneAtAsync(url, _repository.First, Target),
            Throws.TypeOf<DeliveryException>().With.Message.Contains(expected).And.Message.Not.Contains("s3cret"));
    }

    [Test]
    public void A_commit_that_the_repository_has_not_and_a_repository_that_is_none_leave_nothing_behind()
    {
        Assert.That(
            () => _git.CloneAtAsync(_repository.Url, new string('a', 40), Target),
            Throws.TypeOf<DeliveryException>().With.Message.Contains("has no commit aaaa"));
        Assert.That(
            () => _git.CloneAtAsync(_folder.At("nowhere.git"), _repository.First, Target),
            Throws.TypeOf<DeliveryException>().With.Message.Contains("nowhere.git").And.Message.Contains("git ls-remote"));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.At("staging")), Is.Empty);
    }

    [Test]
    public async Task What_a_killed_run_left_half_done_is_cleared_away()
    {
        _folder.Write("staging/.ultimate.0123.partial/half", "x");
        _folder.Write("staging/.other.0123.partial/half", "x");

        await _git.CloneAtAsync(_repository.Url, _repository.First, Target);

        Assert.That(Directory.Exists(_folder.At("staging/.ultimate.0123.partial")), Is.False);
        Assert.That(Directory.Exists(_folder.At("staging/.other.0123.partial")), Is.True);
    }

    [Test]
    public async Task Cancelling_leaves_no_folder()
    {
        using var cancel = new CancellationTokenSource();
        var slow = _folder.Write("slow-git", "#!/bin/sh\ncase \" $* \" in *' fetch '*) sleep 1000;; esac\nexec git \"$@\"\n");
        var running = new GitClient(new ProcessRunner(), slow).CloneAtAsync(_repository.Url, _repository.First, Target, cancellation: cancel.Token);
        await Waiting.Until(() => Directory.Exists(_folder.At("staging")) && Directory.EnumerateDirectories(_folder.At("staging")).Any(), "git is at work");

        await cancel.CancelAsync();

        Assert.That(async () => await running, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.At("staging")), Is.Empty);
    }
}
