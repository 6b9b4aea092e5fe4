using System.Text.Json.Nodes;

namespace Seidra.Database;

/// <summary>Makes Ultimate's row through objects, whatever Classic's row holds, and says what was altered and why it is kept aside.</summary>
internal sealed class SlowEncoder
{
    private readonly TablePlan _table;
    private readonly MigrationPlan _plan;
    private readonly MigrationOptions _options;
    private readonly IRowKnowledge _knowledge;
    private readonly ColumnValues _values;
    private readonly References _references;
    private readonly TargetKeys _keys;
    private readonly Dictionary<int, UniqueColumn> _unique;
    private readonly NameRules _names;
    private readonly FieldBuffer _fields = new();
    private readonly int _extras;
    private readonly string? _owner;

    public SlowEncoder(TablePlan table, MigrationPlan plan, MigrationOptions options, IRowKnowledge knowledge)
    {
        _table = table;
        _plan = plan;
        _options = options;
        _knowledge = knowledge;
        _values = new ColumnValues(table);
        _keys = new TargetKeys(plan, knowledge);
        _references = new References(table, _keys, knowledge);
        _names = new NameRules(table, plan.Options);
        _unique = _names.Columns.ToDictionary(column => column.Index);
        _extras = table.Rule.ExtrasInto is { } into ? table.Binding.IndexOf(into) : -1;
        _owner = DerivedEncoder.OwnerTable(table);
    }

    public void Encode(IRawRow row, KeyPlace place, RowChunk into)
    {
        var work = new SlowRow(row, place, new RowVerdict(place.Text, _options.MapMediaPath), new object?[_table.Binding.Columns.Count + 1]);
        Key(work);
        for (var index = 0; index < _table.Binding.Columns.Count; index++)
            Bind(work, index, into);
        if (work.Verdict.Reason is null)
            Convert(work);
        Tell(work, into);
    }

    private void Key(SlowRow work)
    {
        var verdict = work.Verdict;
        if (work.Place.Id is not { } key)
        {
            verdict.Quarantine(Reasons.MissingKey, "the key is empty");
            return;
        }

        if (key.Text?.Contains('\0') == true)
        {
            verdict.Quarantine(Reasons.NulByte, "the key holds a NUL byte, which PostgreSQL cannot store");
            return;
        }

        if (work.Place.Occurrence > 1)
        {
            verdict.Quarantine(Reasons.DuplicateKey, $"another row has the key {key}");
            return;
        }

        work.IsDemo = _table.Target == TargetKeys.Users && _table.Rule.Key.As == KeyKind.Integer && _knowledge.IsDemo(key);
        var reason = Reasons.KeyNotInteger;
        work.Values[0] = _owner is null ? _keys.Find(_table.Target, key, out reason) : key.IsNumber ? _keys.Number(_owner, key) : null;
        work.IsMoved = _owner is null && _table.Rule.Key.As == KeyKind.Integer && !work.IsDemo && work.Values[0] is long number && number != key.Number;
        if (work.Values[0] is null)
            verdict.Quarantine(reason, $"{key} is no key for {_table.Target}");
    }

    private void Bind(SlowRow work, int index, RowChunk into)
    {
        var column = _table.Binding.Columns[index];
        if (column.Rule.Reference is not null)
        {
            work.Values[index + 1] = _references.Resolve(work, column);
            return;
        }

        if (work.IsDemo || work.Place.Id is not { } key || work.Place.Occurrence > 1 || !_unique.TryGetValue(index, out var unique))
            return;
        if (_names.Wanted(work.Row, unique, work.Verdict) is not { } wanted)
            return;
        into.Names.Add(new NameRow(unique.Name, unique.Hash(wanted), work.Place.Text));
        var name = _knowledge.Renamed(_table.Target, unique.Name, key) ?? wanted;
        if (name != wanted)
            work.Verdict.Note(unique.Name, Reasons.NameTaken, wanted);
        work.Values[index + 1] = name;
    }

    private void Convert(SlowRow work)
    {
        var (row, values, verdict, columns) = (work.Row, work.Values, work.Verdict, _table.Binding.Columns);
        for (var index = 0; index < columns.Count; index++)
        {
            if (columns[index].Rule.Reference is null)
                values[index + 1] ??= _values.Convert(row, index, verdict);
        }

        for (var index = 0; index < columns.Count; index++)
        {
            if (values[index + 1] is null && columns[index].Converter is not null)
                values[index + 1] = Fallback(values, columns[index]) ?? _values.Otherwise(row, index, verdict);
        }

        if (_extras >= 0 && Extras(work) is { Count: > 0 } extras)
            values[_extras + 1] = JsonExtras.Merge((string?)values[_extras + 1] ?? "{}", extras, _table.Rule.ExtrasInto!, verdict);
        if (work.IsDemo)
            BecomeDemo(work);
        else if (work.IsMoved)
            verdict.Note(KeyRule.Column, Reasons.KeyMoved, work.Place.Id!.Value.Number);
    }

    // Ultimate finds its account by this name and address, and rewrites the rest at its next start.
    private void BecomeDemo(SlowRow work)
    {
        work.Verdict.NoteJson(KeyRule.Column, Reasons.DemoAccount, Describe(work.Row));
        work.Values[_table.Binding.IndexOf("username") + 1] = _plan.Options.DemoUsername;
        work.Values[_table.Binding.IndexOf("email") + 1] = DemoAccount.Email;
    }

    private Dictionary<string, JsonNode> Extras(SlowRow work)
    {
        var extras = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var extra in _table.Binding.Extras)
        {
            var raw = work.Row[extra.Ordinal];
            var node = extra.Rule.Reference is { } parent ? Reference(raw, parent) : SourceText.Json(raw);
            if (node is not null)
                extras[extra.Rule.Key] = node;
        }

        if (_table.Rule.Key.KeepAs is { } keep && work.Place.Id is { } id && SourceText.Plain(work.Values[0]) != id.ToString())
            extras[keep] = id.IsNumber ? JsonValue.Create(id.Number) : JsonValue.Create(id.Text!);
        return extras;
    }

    // Whether that row is there is not asked: it may come later, and its key is the same then.
    private JsonValue? Reference(object? raw, string parent) =>
        KeyId.Of(raw) is { } id && _keys.Has(parent) && _keys.Find(parent, id, out _) is { } key ? JsonValue.Create(SourceText.Plain(key)) : null;

    private void Tell(SlowRow work, RowChunk into)
    {
        var (place, verdict) = (work.Place, work.Verdict);
        if (place.Occurrence == 1)
        {
            for (var index = 0; index < verdict.Notes.Count; index++)
            {
                var note = verdict.Notes[index];
                into.Notes.Add(new NoteRow(place.Text, note.Column, note.Reason, note.Original, work.Waits?.GetValueOrDefault(index)));
            }
        }

        if (verdict.Reason is { } reason)
        {
            into.Aside.Add(new AsideRow(place.Text, place.Occurrence, reason, verdict.Detail!, Describe(work.Row), work.WaitsFor));
            return;
        }

        _fields.Cut(0);
        _fields.Count(work.Values.Length);
        foreach (var value in work.Values)
            TupleCodec.Append(_fields, value);
        into.Place(place.Id!.Value, _fields.Written, work.IsDemo);
        if (work.IsDemo || work.IsMoved)
            into.Moved.Add(new MovedRow(place.Id.Value.Number, (long)work.Values[0]!));
    }

    /// <summary>The whole row of Classic as JSON text.</summary>
    private string Describe(IRawRow row)
    {
        var json = new JsonObject();
        for (var ordinal = 0; ordinal < _table.SourceColumns.Count; ordinal++)
            json[_table.SourceColumns[ordinal].Name] = SourceText.Json(row[ordinal]);
        return json.ToJsonString(JsonText.Relaxed);
    }

    private static object? Fallback(object?[] values, ColumnBinding column) =>
        column.Fallbacks.Select(index => values[index + 1]).FirstOrDefault(value => value is not null);
}
