using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Seidra.Journal.Tests;

/// <summary>What the child process does; see <see cref="Child"/>.</summary>
internal static class ChildProgram
{
    public static int Main(string[] args)
    {
        switch (args)
        {
            case ["hold", var directory, var what]:
                using (RunLock.Acquire(directory, what))
                    return Forever("held");
            case ["hold-with-child", var directory]:
                using (RunLock.Acquire(directory, "parent"))
                    return Forever(Process.Start("sleep", "60").Id.ToString());
            case ["append", var directory]:
                return Append(directory);
            case ["create", var umask, var directory]:
                _ = Posix.Umask(Convert.ToUInt32(umask, 8));
                using (RunLock.Acquire(directory, "create"))
                using (MigrationJournal.Open(directory, "one"))
                    return 0;
            default:
                return 64;
        }
    }

    private static int Append(string directory)
    {
        using var journal = MigrationJournal.Open(directory, "one");
        for (var i = journal.Snapshot.Facts.Count; ; i++)
        {
            try
            {
                journal.Fact("n" + i, JsonValue.Create(new string('x', i % 400)));
            }
            catch (JournalException error)
            {
                Console.Error.WriteLine(error.Message);
                return RefusesMore(journal) ? 3 : 4;
            }
            // Only what the journal acknowledged is told to the test.
            Console.Out.WriteLine(i);
        }
    }

    /// <summary>After a line of unknown fate, a writer must not go on as if nothing had happened.</summary>
    private static bool RefusesMore(MigrationJournal journal)
    {
        try
        {
            journal.RunEnded(1, "failed");
            return false;
        }
        catch (JournalException)
        {
            return true;
        }
    }

    private static int Forever(string ready)
    {
        Console.Out.WriteLine(ready);
        Thread.Sleep(Timeout.Infinite);
        return 0;
    }
}
