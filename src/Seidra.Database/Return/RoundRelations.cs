using System.Data.Common;

namespace Seidra.Database;

/// <summary>Finds the rows that a table's changed rows point to, all at once: in Ultimate by its keys, in Classic by its own.</summary>
internal sealed class RoundRelations(ReturnPlan plan, ClassicConnection classic, ReturnKeys keys, DbConnection ultimate)
{
    public async Task<RowRelations> OfAsync(ReturnTable table, IReadOnlyCollection<UltimateRow> rows, IReadOnlyCollection<object?[]> classicRows, CancellationToken cancel)
    {
        var existing = new Dictionary<string, HashSet<KeyId>>(StringComparer.Ordinal);
        var aside = new Dictionary<string, HashSet<KeyId>>(StringComparer.Ordinal);
        foreach (var (parent, pointers) in Pointers(table, rows, classicRows).GroupBy(pointer => pointer.Parent).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal))
        {
            var targets = pointers.Select(pointer => pointer.Target).OfType<KeyId>().Distinct().ToList();
            await keys.LoadAsync(parent, targets, ultimate, cancel);
            var sources = targets.Select(target => keys.Find(parent, target)).Concat(pointers.Select(pointer => pointer.Source)).OfType<KeyId>().Where(key => key.Text?.Contains('\0') != true).Distinct().ToList();
            existing[parent] = plan[parent].IsInClassic ? await ExistingAsync(plan[parent], sources, cancel) : [];
            aside[parent] = await new ReturnLedger(ultimate).AsideAsync(parent, sources, cancel);
        }

        bool Exists(string parent, KeyId source) => existing.TryGetValue(parent, out var found) && found.Contains(source);
        return new RowRelations(
            (parent, target) => keys.Find(parent, target) is { } source && Exists(parent, source) ? source : null,
            (parent, source) => Exists(parent, source) && !aside[parent].Contains(source),
            Exists);
    }

    private static IEnumerable<(string Parent, KeyId? Target, KeyId? Source)> Pointers(ReturnTable table, IReadOnlyCollection<UltimateRow> rows, IReadOnlyCollection<object?[]> classicRows)
    {
        if (!table.IsInClassic)
            yield break;
        for (var index = 0; index < table.Binding.Columns.Count; index++)
        {
            var column = table.Binding.Columns[index];
            if (column.Rule.Reference is not { } parent)
                continue;
            foreach (var row in rows)
                yield return (parent, KeyId.Of(table.Value(row, index)), null);
            if (column.Ordinals.Count == 0)
                continue;
            foreach (var row in classicRows)
                yield return (parent, null, KeyId.Of(row[column.Ordinals[0]]));
        }

        foreach (var extra in table.Binding.Extras.Where(extra => extra.Rule.Reference is not null))
        {
            foreach (var row in rows)
                yield return (extra.Rule.Reference!, Member(table, row, extra.Rule.Key), null);
            foreach (var row in classicRows)
                yield return (extra.Rule.Reference!, null, KeyId.Of(row[extra.Ordinal]));
        }
    }

    private static KeyId? Member(ReturnTable table, UltimateRow row, string name)
    {
        using var document = table.Value(row, table.ExtrasInto) is string json ? JsonText.Parse(json) : null;
        return document?.RootElement is { ValueKind: System.Text.Json.JsonValueKind.Object } root && root.TryGetProperty(name, out var member) ? KeyId.Of(ReverseValue.Scalar(member)) : null;
    }

    private async Task<HashSet<KeyId>> ExistingAsync(ReturnTable table, IEnumerable<KeyId> sources, CancellationToken cancel)
    {
        var existing = new HashSet<KeyId>();
        foreach (var query in new ClassicTable(table, classic.Kind).Keys(sources))
        {
            await foreach (var row in classic.ReadAsync(query, cancel))
            {
                if (KeyId.Of(row[0]) is { } key)
                    existing.Add(key);
            }
        }

        return existing;
    }
}
