using System.Text.Json.Nodes;

namespace Seidra.Database;

/// <summary>Makes Ultimate's row of Classic's.</summary>
internal sealed class RowTransformer(TablePlan table, MigrationRun run)
{
    private readonly ValueReader _values = new(table);
    private readonly TableIdentity _identity = run.Identities[table.Target];
    private readonly int _extras = table.Rule.ExtrasInto is { } into ? table.Binding.IndexOf(into) : -1;

    /// <summary>Ultimate's values, the key first; null where the verdict is quarantine.</summary>
    public object?[]? Transform(ISourceRow row, RowFacts facts)
    {
        var verdict = facts.Verdict;
        if (verdict.Reason is not null)
            return null;
        var columns = table.Binding.Columns;
        var values = new object?[columns.Count + 1];
        values[0] = ReferenceResolver.Typed(facts.TargetKey!, table.Rule.Key.Type);
        for (var index = 0; index < columns.Count; index++)
        {
            values[index + 1] = columns[index].Rule.Reference is null
                ? facts.Resolved[index] ?? _values.Convert(row, index, verdict)
                : facts.Resolved[index];
        }

        for (var index = 0; index < columns.Count; index++)
        {
            if (values[index + 1] is null && columns[index].Converter is not null)
                values[index + 1] = Fallback(values, columns[index]) ?? _values.Otherwise(row, index, verdict);
        }

        if (_extras >= 0)
            values[_extras + 1] = JsonExtras.Merge((string)values[_extras + 1]!, Extras(row, facts), table.Rule.ExtrasInto!, verdict);
        if (facts.Demo)
            BecomeDemo(values, row, verdict);
        else if (_identity.IsMoved(facts.Id!.Value))
            verdict.Note(KeyRule.Column, Reasons.KeyMoved, facts.Id.Value.Number);
        return verdict.Reason is null ? values : null;
    }

    /// <summary>The whole row of Classic as JSON text, for the quarantine.</summary>
    public string Describe(ISourceRow row)
    {
        var json = new JsonObject();
        for (var ordinal = 0; ordinal < table.SourceColumns.Count; ordinal++)
            json[table.SourceColumns[ordinal].Name] = SourceText.Json(row[ordinal]);
        return json.ToJsonString(JsonText.Relaxed);
    }

    // Ultimate finds its account by this name and address, and rewrites the rest at its next start.
    private void BecomeDemo(object?[] values, ISourceRow row, RowVerdict verdict)
    {
        verdict.NoteJson(KeyRule.Column, Reasons.DemoAccount, Describe(row));
        values[table.Binding.IndexOf("username") + 1] = run.Plan.Options.DemoUsername;
        values[table.Binding.IndexOf("email") + 1] = DemoAccount.Email;
    }

    private static object? Fallback(object?[] values, ColumnBinding column) =>
        column.Fallbacks.Select(index => values[index + 1]).FirstOrDefault(value => value is not null);

    private Dictionary<string, JsonNode> Extras(ISourceRow row, RowFacts facts)
    {
        var extras = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
        foreach (var extra in table.Binding.Extras)
        {
            var raw = row[extra.Ordinal];
            var node = extra.Rule.Reference is null ? SourceText.Json(raw) : Reference(raw, extra, facts.Verdict);
            if (node is not null)
                extras[extra.Rule.Key] = node;
        }

        if (table.Rule.Key.KeepAs is { } keep && facts.Id is { } id && facts.TargetKey != id.ToString())
            extras[keep] = id.IsNumber ? JsonValue.Create(id.Number) : JsonValue.Create(id.Text!);
        return extras;
    }

    private JsonNode? Reference(object? raw, ExtraBinding extra, RowVerdict verdict)
    {
        if (KeyId.Of(raw) is not { } id || run.Identities.GetValueOrDefault(extra.Rule.Reference!) is not { } parents)
            return null;
        if ((parents.All ?? parents.Placed).Contains(id))
            return JsonValue.Create(parents.TargetKey(id, out _));
        verdict.Note(extra.Rule.Key, Reasons.OrphanReference, raw);
        return null;
    }
}
