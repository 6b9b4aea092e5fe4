using System.Text;
using System.Text.Json.Nodes;

namespace Seidra.Journal.Tests;

/// <summary>A state folder for one test.</summary>
internal sealed class StateDirectory : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("seidra-journal-");

    /// <summary>Does not exist yet.</summary>
    public string Path => System.IO.Path.Combine(_root.FullName, "state");

    public string Journal => System.IO.Path.Combine(Path, "journal.jsonl");

    public string Head => System.IO.Path.Combine(Path, "journal.head");

    public string Lock => System.IO.Path.Combine(Path, "lock");

    public byte[] Bytes => File.ReadAllBytes(Journal);

    /// <summary>The lines without their newlines.</summary>
    public string[] Lines => Encoding.UTF8.GetString(Bytes).TrimEnd('\n').Split('\n');

    public IReadOnlyList<string> TornCopies => [.. Directory.GetFiles(Path, "journal.torn-*").Order(StringComparer.Ordinal)];

    public MigrationJournal Open() => MigrationJournal.Open(Path, "one");

    public JournalSnapshot Read() => MigrationJournal.Read(Path);

    public void Write(IEnumerable<string> lines) => File.WriteAllText(Journal, string.Concat(lines.Select(l => l + "\n")));

    /// <summary>A small journal with one of everything, closed.</summary>
    public StateDirectory WithHistory()
    {
        using var journal = Open();
        journal.RunStarted(new RunInfo("run-1", "Cutover", "embedded", "0.1.0", "host", 42, "someone", DateTimeOffset.UnixEpoch));
        journal.StepStarted("BackupDatabase", new string('a', 64));
        journal.UndoRecorded("BackupDatabase", new UndoRecord("backup.delete", new JsonObject { ["directory"] = "backup" }));
        journal.StepPassed("BackupDatabase", new Evidence(12, new JsonObject { ["rows"] = 12 }), TimeSpan.FromMilliseconds(1.5));
        journal.Fact("probe", new JsonObject { ["requests"] = 3 });
        journal.RunEnded(0, "done");
        return this;
    }

    public void Dispose() => _root.Delete(recursive: true);
}
