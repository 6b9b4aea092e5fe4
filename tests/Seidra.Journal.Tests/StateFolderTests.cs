using System.Text.Json.Nodes;

namespace Seidra.Journal.Tests;

public class StateFolderTests
{
    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode PrivateFolder = PrivateFile | UnixFileMode.UserExecute;

    [Test]
    public void Folder_and_files_are_private_whatever_the_umask([Values("000", "022", "277", "777")] string umask)
    {
        using var state = new StateDirectory();
        using var child = Child.Start("create", umask, state.Path);
        Assert.That(child.WaitForExit(), Is.Zero, child.Errors.ReadToEnd());

        Assert.Multiple(() =>
        {
            Assert.That(File.GetUnixFileMode(state.Path), Is.EqualTo(PrivateFolder));
            Assert.That(File.GetUnixFileMode(state.Journal), Is.EqualTo(PrivateFile));
            Assert.That(File.GetUnixFileMode(state.Head), Is.EqualTo(PrivateFile));
            Assert.That(File.GetUnixFileMode(state.Lock), Is.EqualTo(PrivateFile));
        });
    }

    [Test]
    public void A_folder_that_was_open_to_others_is_closed_and_so_is_a_torn_copy()
    {
        using var state = new StateDirectory().WithHistory();
        File.SetUnixFileMode(state.Path, PrivateFolder | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(state.Journal, PrivateFile | UnixFileMode.OtherRead);
        File.AppendAllText(state.Journal, "torn");
        state.Open().Dispose();

        Assert.Multiple(() =>
        {
            Assert.That(File.GetUnixFileMode(state.Path), Is.EqualTo(PrivateFolder));
            Assert.That(File.GetUnixFileMode(state.Journal), Is.EqualTo(PrivateFile));
            Assert.That(File.GetUnixFileMode(state.TornCopies.Single()), Is.EqualTo(PrivateFile));
        });
    }

    [Test]
    public void A_folder_that_others_use_is_refused_and_keeps_its_mode()
    {
        using var state = new StateDirectory();
        const UnixFileMode shared = (UnixFileMode)0b001_111_111_111;
        Directory.CreateDirectory(state.Path);
        File.SetUnixFileMode(state.Path, shared);

        Assert.Multiple(() =>
        {
            Assert.That(() => RunLock.Acquire(state.Path, "test").Dispose(), Throws.InstanceOf<JournalException>().With.Message.Contains("others use"));
            Assert.That(() => state.Open().Dispose(), Throws.InstanceOf<JournalException>());
            Assert.That(() => RunLock.Acquire("/", "test").Dispose(), Throws.InstanceOf<JournalException>(), "the root holds every home");
            Assert.That(File.GetUnixFileMode(state.Path), Is.EqualTo(shared));
        });
    }

    [Test]
    public void A_file_in_place_of_the_folder_is_named()
    {
        using var state = new StateDirectory();
        File.WriteAllText(state.Path, "");

        AllFail(state, "found a file");
    }

    [Test]
    public void A_folder_in_place_of_the_journal_is_named()
    {
        using var state = new StateDirectory();
        Directory.CreateDirectory(state.Journal);

        Assert.Multiple(() =>
        {
            Assert.That(() => state.Open().Dispose(), Throws.InstanceOf<JournalException>().With.Message.Contains(state.Journal));
            Assert.That(() => state.Read(), Throws.InstanceOf<JournalException>().With.Message.Contains(state.Journal));
        });
    }

    [Test]
    public void A_folder_that_cannot_be_read_is_named()
    {
        using var state = new StateDirectory().WithHistory();
        File.SetUnixFileMode(state.Path, UnixFileMode.None);

        AsOrdinaryUser(() =>
        {
            Assert.That(() => state.Open().Dispose(), Throws.InstanceOf<JournalException>().With.Message.Contains(state.Path));
            Assert.That(() => RunLock.Acquire(state.Path, "test").Dispose(), Throws.InstanceOf<JournalException>().With.Message.Contains(state.Path));
        });
        File.SetUnixFileMode(state.Path, PrivateFolder);
    }

    [Test]
    public void A_journal_that_cannot_be_read_is_never_taken_for_none()
    {
        using var state = new StateDirectory().WithHistory();
        using (RunLock.Acquire(state.Path, "held"))
        {
            File.SetUnixFileMode(state.Path, UnixFileMode.None);
            AsOrdinaryUser(() =>
            {
                Assert.That(() => state.Read(), Throws.InstanceOf<JournalException>());
                Assert.That(() => RunLock.Owner(state.Path), Throws.InstanceOf<JournalException>());
            });
            File.SetUnixFileMode(state.Path, PrivateFolder);
        }
    }

    [Test]
    public void A_parent_that_cannot_be_written_is_named()
    {
        using var state = new StateDirectory();
        var parent = Path.GetDirectoryName(state.Path)!;
        File.SetUnixFileMode(parent, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        AsOrdinaryUser(() => Assert.That(() => state.Open().Dispose(), Throws.InstanceOf<JournalException>().With.Message.Contains(state.Path)));
        File.SetUnixFileMode(parent, PrivateFolder);
    }

    [Test]
    public void A_full_disk_is_told_and_leaves_a_journal_that_goes_on()
    {
        using var state = new StateDirectory().WithHistory();
        // The limit of file sizes (blocks of 512 bytes) stands for the full disk: a write ends short, the next one fails.
        using var child = Child.StartLimited("trap '' XFSZ; ulimit -f 40", "append", state.Path);
        var acknowledged = child.Output.ReadToEnd().Trim().Split('\n');
        Assert.That(child.WaitForExit(), Is.EqualTo(3), child.Errors.ReadToEnd());

        using var journal = state.Open();
        journal.Fact("after", JsonValue.Create(1));
        Assert.That(state.Read().Facts.Keys, Is.SupersetOf(acknowledged.Select(n => "n" + n)));
    }

    private static void AllFail(StateDirectory state, string message) => Assert.Multiple(() =>
    {
        Assert.That(() => state.Open().Dispose(), Throws.InstanceOf<JournalException>().With.Message.Contains(message));
        Assert.That(() => state.Read(), Throws.InstanceOf<JournalException>().With.Message.Contains(message));
        Assert.That(() => RunLock.Acquire(state.Path, "test").Dispose(), Throws.InstanceOf<JournalException>().With.Message.Contains(message));
    });

    /// <summary>Runs on a thread whose file access is checked as that of nobody: root would be let through everywhere.</summary>
    private static void AsOrdinaryUser(Action check)
    {
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            if (Posix.EffectiveUser() == 0)
                _ = Posix.SetFileUser(65534);
            try
            {
                check();
            }
            catch (Exception error)
            {
                failure = error;
            }
        });
        thread.Start();
        thread.Join();
        if (failure is not null)
            Assert.Fail(failure.Message);
    }
}
