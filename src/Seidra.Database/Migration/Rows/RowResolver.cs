using System.Globalization;
using System.IO.Hashing;

namespace Seidra.Database;

/// <summary>
/// Takes from each row what binds it to others: its key, its references, the names it must not share. Cheap, done for every
/// row in every pass; the conversion of the rest is only done for rows whose fingerprint is new.
/// </summary>
internal sealed class RowResolver
{
    private readonly TablePlan _table;
    private readonly MigrationRun _run;
    private readonly TableIdentity _identity;
    private readonly Dictionary<int, UniqueNames> _unique = [];
    private readonly ValueReader _values;
    private readonly DemoRule? _demo;
    private readonly XxHash128 _hash = new();
    private readonly KeySet _seen = new();
    private RowKey? _last;

    public RowResolver(TablePlan table, MigrationRun run)
    {
        _table = table;
        _run = run;
        _identity = run.Identities[table.Target];
        _values = new ValueReader(table);
        _demo = table.Target == "users" ? new DemoRule(table, run.Plan.Options.DemoUsername) : null;
        for (var index = 0; index < table.Binding.Columns.Count; index++)
        {
            var rule = table.Binding.Columns[index].Rule;
            if (rule.Unique != Uniqueness.None)
                _unique[index] = new UniqueNames(rule, DemoRule.Reserved(rule.To, run.Plan.Options.DemoUsername));
        }
    }

    public RowFacts Resolve(ISourceRow row)
    {
        var order = Place(row[_table.Binding.Key]);
        var verdict = new RowVerdict(order.Display, _run.Options.MapMediaPath);
        var id = KeyId.Of(row[_table.Binding.Key]);
        var demo = false;
        var target = Key(order, id, verdict);
        if (target is not null && _demo?.Matches(row) == true)
        {
            demo = true;
            _identity.Assign(id!.Value, DemoAccount.Id);
            target = DemoAccount.Id.ToString(CultureInfo.InvariantCulture);
        }

        var resolved = new object?[_table.Binding.Columns.Count];
        for (var index = 0; index < resolved.Length; index++)
            resolved[index] = Bound(row, index, verdict, demo);
        return new RowFacts(order, id, target, demo, resolved, verdict, Fingerprint(row, resolved, demo, verdict));
    }

    private RowKey Place(object? raw)
    {
        var key = RowKey.Of(raw);
        if (_last is { } last)
        {
            if (last.SameAs(key))
                key = key with { Occurrence = last.Occurrence + 1 };
            else if (key.CompareTo(last) < 0)
                throw new DatabaseException($"{_table.Source}: expected keys in order, found {key.Display} after {last.Display}. The key column is compared by a rule of its own; map another key column in a schema map file.");
        }

        _last = key;
        return key;
    }

    private string? Key(RowKey order, KeyId? id, RowVerdict verdict)
    {
        if (id is not { } key)
        {
            verdict.Quarantine(Reasons.MissingKey, "the key is empty");
            return null;
        }

        if (key.Text?.Contains('\0') == true)
        {
            verdict.Quarantine(Reasons.NulByte, "the key holds a NUL byte, which PostgreSQL cannot store");
            return null;
        }

        if (order.Occurrence > 1 || !_seen.Add(key))
        {
            verdict.Quarantine(Reasons.DuplicateKey, $"another row has the key {key}");
            return null;
        }

        var target = _identity.TargetKey(key, out var reason);
        if (target is null)
            verdict.Quarantine(reason, $"{key} is no key for {_table.Target}");
        return target;
    }

    private object? Bound(ISourceRow row, int index, RowVerdict verdict, bool demo)
    {
        var column = _table.Binding.Columns[index];
        if (column.Rule.Reference is { } parent)
        {
            var raw = column.Ordinals is [var ordinal, ..] ? row[ordinal] : null;
            var found = ReferenceResolver.Resolve(raw, column, _run.Identities.GetValueOrDefault(parent), verdict);
            // What belongs to the demo account is Ultimate's own where Ultimate keeps numbers for itself.
            if (found is (long)DemoAccount.Id && _table.Rule.Key.Reserved.Count > 0)
                verdict.Quarantine(Reasons.DemoAccount, "the row belongs to the demo account, which Ultimate makes itself");
            return found;
        }

        if (!_unique.TryGetValue(index, out var names) || demo)
            return null;
        if (_values.Read(row, index, verdict) is not string wanted)
            return null;
        var name = names.Claim(wanted, verdict.Key);
        if (name != wanted)
            verdict.Note(column.Rule.To, Reasons.NameTaken, wanted);
        return name;
    }

    private UInt128 Fingerprint(ISourceRow row, object?[] resolved, bool demo, RowVerdict verdict)
    {
        _hash.Reset();
        _hash.Text(_run.Plan.Fingerprint);
        _hash.Text(_run.Options.MediaMapVersion);
        row.AppendTo(_hash);
        for (var index = 0; index < resolved.Length; index++)
        {
            _hash.Text(SourceText.Plain(resolved[index]));
            var column = _table.Binding.Columns[index];
            // Where a file lies may change without the row: another directory, another name.
            if (column.Converter is MediaPathConverter && column.Ordinals is [var ordinal, ..] && SourceText.Plain(row[ordinal]) is { Length: > 0 } path)
                _hash.Text(_run.Options.MapMediaPath(path));
        }

        _hash.Number(ValueTags.Boolean, demo ? 1 : 0);
        _hash.Text(verdict.Reason);
        return _hash.GetCurrentHashAsUInt128();
    }
}
