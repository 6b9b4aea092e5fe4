using System.Text.Json;

namespace Seidra.Database;

/// <summary>What one changed row of Ultimate means for Classic's.</summary>
internal sealed class RowReversal
{
    /// <summary>Values that differ, as they are to be written.</summary>
    public List<ClassicWrite> Writes { get; } = [];

    /// <summary>Values that Classic cannot hold.</summary>
    public List<KeptValue> Kept { get; } = [];

    /// <summary>Why the whole row cannot be in Classic; null where it can.</summary>
    public KeptValue? Aside { get; set; }
}

/// <summary>What the rows of a round have to do with one another.</summary>
/// <param name="Source">Classic's key of a row of Ultimate's table, where that row is in Classic; else null.</param>
/// <param name="IsPlaced">Whether a key of Classic is a row that was moved to Ultimate's table.</param>
/// <param name="Exists">Whether Classic has a row of that key at all.</param>
internal sealed record RowRelations(Func<string, KeyId, KeyId?> Source, Func<string, KeyId, bool> IsPlaced, Func<string, KeyId, bool> Exists);

/// <summary>Compares a row of Ultimate with the image of Classic's and says how Classic's is to be changed.</summary>
internal sealed class RowReverser(ReturnTable table, ReturnOptions options)
{
    private readonly ForwardImage _image = new(table, options.MapMediaPath);
    private readonly TableBinding _binding = table.Binding;

    /// <param name="ultimate">Ultimate's row.</param>
    /// <param name="classic">Classic's; null where it is to be made.</param>
    /// <param name="key">Classic's key.</param>
    /// <param name="relations">Keys of other rows.</param>
    public RowReversal Compare(UltimateRow ultimate, object?[]? classic, KeyId key, RowRelations relations)
    {
        var result = new RowReversal();
        var (image, verdict) = _image.Of(classic, key.ToString());
        for (var index = 0; index < _binding.Columns.Count; index++)
        {
            var column = _binding.Columns[index];
            var value = table.Value(ultimate, index);
            var at = new Place(ultimate, classic, index, column, value, verdict, result);
            if (column.Rule.Reference is not null)
                Reference(at, relations);
            else if (index == table.ExtrasInto)
                Extras(at, (string?)image[index] ?? "{}", relations);
            else if (classic is null ? value is not null || image[index] is not null : !IsSame(value, image[index], column, key))
                Column(at, ReverseValue.Same(value, image[index], column.Type));
        }

        // On the way in such a row would go aside.
        if (classic is not null && result.Writes.Count == 0 && verdict.Reason is { } reason)
            result.Kept.Add(Whole(ultimate, KeptReasons.NotExpressible, $"Classic's row would be kept aside on the way in ({reason})"));
        return result;
    }

    /// <summary>An entry for the whole row.</summary>
    public KeptValue Whole(UltimateRow row, string reason, string detail) =>
        new(table.Name, row.Key.ToString(), "", UltimateRows.Describe(table.Ultimate, row), reason, detail);

    /// <summary>One column of one row.</summary>
    private sealed record Place(UltimateRow Row, object?[]? Classic, int Index, ColumnBinding Binding, object? Value, RowVerdict Verdict, RowReversal Result)
    {
        public string Name => Binding.Rule.To;

        public bool IsNew => Classic is null;

        public object? Existing(int ordinal) => Classic?[ordinal];
    }

    private static bool IsSame(object? value, object? image, ColumnBinding column, KeyId key)
    {
        if (ReverseValue.Same(value, image, column.Type))
            return true;
        // An older row wanted the same name on the way in.
        return column.Rule.Unique != Uniqueness.None && value is string name && image is string wanted && new UniqueColumn(column.Rule, 0, []).IsVariant(wanted, name, key);
    }

    private void Column(Place at, bool isDefault)
    {
        var ordinals = at.Binding.Ordinals;
        if (ordinals.Count == 0)
        {
            if (!isDefault)
                Keep(at, at.Name, KeptReasons.NoColumn, $"Classic has no column for {at.Name}");
            return;
        }

        if (at.Value is null)
        {
            Write(at, ordinals[0], null);
            return;
        }

        if (ReverseValue.Of(at.Value, at.Binding, table.Columns[ordinals[0]], at.Existing(ordinals[0]), options.UnmapMediaPath, out var reason) is not { } raw)
        {
            Keep(at, at.Name, reason!, reason == KeptReasons.PathUnknown ? "where the file lies in Classic is not known" : $"{at.Name} holds a value that Classic's column cannot have");
            return;
        }

        Write(at, ordinals[0], raw);
        // One of several columns that are ORed says yes: no must be said by all.
        foreach (var other in at.Value is false && !at.IsNew ? ordinals.Skip(1) : [])
            Write(at, other, (FlagForm.Of(at.Existing(other)) ?? table.Columns[other].Flags).Write(false));
    }

    private void Reference(Place at, RowRelations relations)
    {
        var parent = at.Binding.Rule.Reference!;
        var target = KeyId.Of(at.Value);
        if (at.Binding.Ordinals is not [var ordinal, ..])
        {
            if (target is not null)
                Keep(at, at.Name, KeptReasons.NoColumn, $"Classic has no column for {at.Name}");
            return;
        }

        var existing = KeyId.Of(at.Existing(ordinal));
        var source = target is { } key ? relations.Source(parent, key) : null;
        if (target is not null && source is null)
        {
            if (at.Binding.Rule.Required && at.IsNew)
            {
                at.Result.Aside ??= Whole(at.Row, KeptReasons.NoParent, $"{at.Name} names {parent} {target}, which is not in Classic");
                return;
            }

            Keep(at, at.Name, KeptReasons.NoParent, $"{at.Name} names {parent} {target}, which is not in Classic");
        }

        if (source is { } found && found != existing)
            Write(at, ordinal, ClassicTable.Raw(found));
        else if (source is null && existing is { } left && !at.Binding.Rule.Required && relations.IsPlaced(parent, left))
            Write(at, ordinal, null);
    }

    private void Extras(Place at, string image, RowRelations relations)
    {
        using var held = JsonText.Parse(image)!;
        using var document = at.Value is string json ? JsonText.Parse(json) : null;
        if (document?.RootElement.ValueKind != JsonValueKind.Object)
        {
            Keep(at, at.Name, KeptReasons.NotExpressible, $"{at.Name} holds no JSON object");
            return;
        }

        var now = document.RootElement;
        var extras = _binding.Extras.Select(extra => extra.Rule.Key).Append(table.Plan!.Rule.Key.KeepAs).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var rest = Object(now.EnumerateObject().Where(entry => !extras.Contains(entry.Name)));
        // Of a key that stands in Classic's JSON and in a column of its own, the column went to Ultimate.
        var hidden = held.RootElement.EnumerateObject().Where(entry => extras.Contains(entry.Name)).ToList();
        if (CanonicalJson.Of(rest) != CanonicalJson.Of(Object(held.RootElement.EnumerateObject().Where(entry => !extras.Contains(entry.Name)))) || (at.IsNew && at.Binding.Ordinals.Count > 0))
        {
            if (at.Binding.Ordinals is [var ordinal, ..])
                Write(at, ordinal, Object(now.EnumerateObject().Where(entry => !extras.Contains(entry.Name)).Concat(hidden)));
            else
                at.Result.Kept.Add(new KeptValue(table.Name, at.Row.Key.ToString(), at.Name, rest, KeptReasons.NoColumn, $"Classic has no column for {at.Name}"));
        }

        foreach (var extra in _binding.Extras)
            Extra(at, extra, now.TryGetProperty(extra.Rule.Key, out var member) ? member : default, relations);
    }

    private void Extra(Place at, ExtraBinding extra, JsonElement member, RowRelations relations)
    {
        var (name, existing) = ($"{at.Name}.{extra.Rule.Key}", at.Existing(extra.Ordinal));
        var isGone = member.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;
        if (extra.Rule.Reference is { } parent)
        {
            var (was, target) = (KeyId.Of(existing), isGone ? null : KeyId.Of(ReverseValue.Scalar(member)));
            if (was is { } old && (target is { } same ? UuidIndex.TargetKey(parent, old) == same.ToString() : !relations.Exists(parent, old)))
                return;
            var source = target is { } key ? relations.Source(parent, key) : null;
            if (target is not null && source is null)
                at.Result.Kept.Add(new KeptValue(table.Name, at.Row.Key.ToString(), name, member.GetRawText(), KeptReasons.NoParent, $"{name} names {parent} {target}, which is not in Classic"));
            else if (source != was)
                at.Result.Writes.Add(new ClassicWrite(extra.Ordinal, source is { } found ? ClassicTable.Raw(found) : null, name, isGone ? "null" : member.GetRawText(), source is null && was is not null ? SourceText.Describe(existing) : null));
            return;
        }

        if (isGone ? existing is not null : !ReverseValue.Same(member, existing))
            at.Result.Writes.Add(new ClassicWrite(extra.Ordinal, isGone ? null : ReverseValue.Scalar(member), name, isGone ? "null" : member.GetRawText(), isGone && existing is not null ? SourceText.Describe(existing) : null));
    }

    // What was altered on the way in was never whole in Ultimate.
    private void Write(Place at, int ordinal, object? raw)
    {
        var lossy = at.Existing(ordinal) is { } existing && at.Verdict.Notes.Any(note => note.Column == at.Name) ? SourceText.Describe(existing) : null;
        at.Result.Writes.Add(new ClassicWrite(ordinal, raw, at.Name, Json(at), lossy));
    }

    private void Keep(Place at, string column, string reason, string detail) =>
        at.Result.Kept.Add(new KeptValue(table.Name, at.Row.Key.ToString(), column, Json(at), reason, detail));

    private string Json(Place at) =>
        UltimateRows.Json(at.Value, table.Ultimate.Columns[table.IndexOf(at.Name)].Type)?.ToJsonString(JsonText.Relaxed) ?? "null";

    private static string Object(IEnumerable<JsonProperty> members) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var member in members)
            member.WriteTo(writer);
        writer.WriteEndObject();
    })!;
}
