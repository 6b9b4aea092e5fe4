using System.Diagnostics;

namespace Seidra.Journal.Tests;

public class RunLockTests
{
    private StateDirectory _state = null!;

    [SetUp]
    public void Prepare() => _state = new StateDirectory();

    [TearDown]
    public void Remove() => _state.Dispose();

    [Test]
    public void A_free_folder_has_no_owner()
    {
        Assert.That(RunLock.Owner(_state.Path), Is.Null);
        RunLock.Acquire(_state.Path, "Cutover").Dispose();
        Assert.That(RunLock.Owner(_state.Path), Is.Null);
    }

    [Test]
    public void The_owner_is_named_in_full()
    {
        using var held = RunLock.Acquire(_state.Path, "Cutover");

        var owner = RunLock.Owner(_state.Path)!;
        Assert.Multiple(() =>
        {
            Assert.That(owner.Host, Is.EqualTo(Environment.MachineName));
            Assert.That(owner.Pid, Is.EqualTo(Environment.ProcessId));
            Assert.That(owner.User, Is.EqualTo(Environment.UserName));
            Assert.That(owner.What, Is.EqualTo("Cutover"));
            Assert.That(owner.Since, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
        });
    }

    [Test]
    public void The_same_process_cannot_take_it_twice_and_may_take_it_again()
    {
        using (RunLock.Acquire(_state.Path, "first"))
            Assert.That(() => RunLock.Acquire(_state.Path, "second").Dispose(), Throws.InstanceOf<LockHeldException>());

        RunLock.Acquire(_state.Path, "third").Dispose();
    }

    [Test]
    public void Another_process_is_turned_away_by_name()
    {
        using var child = Holder("hold", "Cutover of my-studio", out _);

        var error = Assert.Throws<LockHeldException>(() => RunLock.Acquire(_state.Path, "mine").Dispose());
        Assert.Multiple(() =>
        {
            Assert.That(error.Owner.Pid, Is.EqualTo(child.Id));
            Assert.That(error.Owner.What, Is.EqualTo("Cutover of my-studio"));
            Assert.That(error.Message, Does.Contain($"process {child.Id}").And.Contain(Environment.MachineName).And.Contain("Cutover of my-studio"));
            Assert.That(RunLock.Owner(_state.Path)!.Pid, Is.EqualTo(child.Id));
        });
    }

    [Test]
    public void The_lock_dies_with_its_process()
    {
        using var child = Holder("hold", "Cutover", out _);
        child.Kill();

        Assert.That(File.ReadAllText(_state.Lock), Does.Contain("Cutover"), "the dead owner left its name");
        Assert.That(RunLock.Owner(_state.Path), Is.Null, "which means nothing");
        RunLock.Acquire(_state.Path, "next").Dispose();
    }

    [Test]
    public void A_child_of_the_dead_owner_does_not_keep_it()
    {
        using var child = Holder("hold-with-child", null, out var grandchildId);
        child.Kill();
        using var grandchild = Process.GetProcessById(int.Parse(grandchildId));

        Assert.That(grandchild.HasExited, Is.False, "the grandchild still runs");
        Assert.That(() => RunLock.Acquire(_state.Path, "next").Dispose(), Throws.Nothing);
        grandchild.Kill();
    }

    [Test]
    public void Whatever_stands_in_a_free_lock_file_is_ignored([Values("", "garbage", "{\"pid\":1}", "\0\0")] string content)
    {
        Directory.CreateDirectory(_state.Path);
        File.WriteAllText(_state.Lock, content);

        Assert.That(RunLock.Owner(_state.Path), Is.Null);
        using var held = RunLock.Acquire(_state.Path, "Cutover");
        Assert.That(RunLock.Owner(_state.Path)!.What, Is.EqualTo("Cutover"));
    }

    [Test]
    public void Looking_at_the_lock_turns_no_run_away()
    {
        RunLock.Acquire(_state.Path, "create").Dispose();
        using var stop = new CancellationTokenSource();
        var watcher = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                RunLock.Owner(_state.Path);
                Thread.Sleep(1);
            }
        });
        for (var i = 0; i < 200; i++)
            RunLock.Acquire(_state.Path, "run " + i).Dispose();
        stop.Cancel();

        Assert.That(() => watcher.Wait(TimeSpan.FromSeconds(10)), Throws.Nothing);
    }

    [Test]
    public void Of_many_at_once_one_gets_it()
    {
        var locks = new RunLock?[8];
        Parallel.For(0, locks.Length, new ParallelOptions { MaxDegreeOfParallelism = locks.Length }, i =>
        {
            try
            {
                locks[i] = RunLock.Acquire(_state.Path, "run " + i);
            }
            catch (LockHeldException)
            {
                locks[i] = null;
            }
        });

        Assert.That(locks.Count(l => l is not null), Is.EqualTo(1));
        foreach (var held in locks)
            held?.Dispose();
    }

    [Test]
    public void Giving_it_back_twice_is_harmless()
    {
        var held = RunLock.Acquire(_state.Path, "first");
        held.Dispose();
        using var next = RunLock.Acquire(_state.Path, "second");
        held.Dispose();

        Assert.That(RunLock.Owner(_state.Path)!.What, Is.EqualTo("second"));
    }

    private Child Holder(string mode, string? what, out string ready)
    {
        var child = Child.Start(what is null ? [mode, _state.Path] : [mode, _state.Path, what]);
        ready = child.Output.ReadLine() ?? child.Errors.ReadToEnd();
        return child;
    }
}
