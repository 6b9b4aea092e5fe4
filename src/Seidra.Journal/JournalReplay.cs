using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Seidra.Journal;

/// <summary>Folds lines into the state of the migration. Live appends and a later reading go through the same code.</summary>
internal sealed class JournalReplay
{
    private string? _instance;
    private ImmutableDictionary<string, StepState> _steps = ImmutableDictionary<string, StepState>.Empty;
    private ImmutableList<RunInfo> _runs = [];
    private ImmutableDictionary<string, JsonNode> _facts = ImmutableDictionary<string, JsonNode>.Empty;
    private ImmutableList<JournalEntry> _entries = [];
    private JournalSnapshot _snapshot = JournalSnapshot.Empty;

    /// <summary>Lines so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Hash of the last line.</summary>
    public string Head { get; private set; } = JournalSnapshot.EmptyHead;

    /// <summary>The state; made on demand, since most lines are read in a row without anybody looking.</summary>
    public JournalSnapshot Snapshot => _snapshot.Head == Head
        ? _snapshot
        : _snapshot = new JournalSnapshot(_instance, _steps, _runs, _facts, _entries, Head);

    /// <summary>Adds one checked line.</summary>
    /// <exception cref="FormatException">Data that its kind does not have.</exception>
    public void Apply(JournalEntry entry, string hash)
    {
        if ((entry.Kind == EntryKind.Created) != (entry.Seq == 1))
            throw new FormatException($"{EntryKind.Created} must be the first line and only that");
        switch (entry.Kind)
        {
            case EntryKind.Created:
                RequireSchema(EntryData.Get<int>(entry, "schema"));
                _instance = EntryData.Get<string>(entry, "instance");
                break;
            case EntryKind.RunStarted:
                _runs = _runs.Add(EntryData.Run(entry));
                break;
            case EntryKind.RunEnded when _runs.Count > 0:
                _runs = _runs.SetItem(_runs.Count - 1, _runs[^1] with { EndedAt = entry.At, ExitCode = EntryData.Get<int>(entry, "exitCode") });
                break;
            case EntryKind.Fact:
                _facts = _facts.SetItem(EntryData.Get<string>(entry, "name"), EntryData.Node(entry, "value"));
                break;
            default:
                if (entry.Step is { } step)
                    _steps = _steps.SetItem(step, StepTransition.Apply(_steps.GetValueOrDefault(step) ?? StepTransition.Unknown(step), entry));
                break;
        }
        _entries = _entries.Add(entry);
        Lines = entry.Seq;
        Head = hash;
    }

    private static void RequireSchema(int schema)
    {
        if (schema != MigrationJournal.Schema)
            throw new FormatException($"schema {schema}, which this version (schema {MigrationJournal.Schema}) cannot read");
    }
}
