using System.Data.Common;

namespace Seidra.Database;

/// <summary>
/// Compares every row that changed in Ultimate since the switch with Classic's, both read anew: its image is there, or what
/// Classic cannot hold of it stands in the kept table. Nothing is changed.
/// </summary>
internal sealed class ReturnVerification(ReturnPlan plan, ClassicConnection classic, ReturnKeys keys, ReturnOptions options, DbConnection ultimate)
{
    private const int Page = 1_000;
    private readonly RoundRelations _relations = new(plan, classic, keys, ultimate);
    private readonly List<string> _differing = [];
    private long _rows;
    private long _kept;

    public async Task<ReturnVerificationResult> RunAsync(CancellationToken cancel)
    {
        foreach (var table in plan.Tables.Where(table => table.IsInClassic))
        {
            var after = "";
            while (await PageAsync(table, after, cancel) is { Count: > 0 } page)
            {
                after = page.Keys.Max(StringComparer.Ordinal)!;
                await CompareAsync(table, page, cancel);
            }
        }

        return new ReturnVerificationResult(_rows, _kept, _differing);
    }

    private async Task<Dictionary<string, KeyId>> PageAsync(ReturnTable table, string after, CancellationToken cancel)
    {
        var page = new Dictionary<string, KeyId>(StringComparer.Ordinal);
        // By the bytes of the text, as the largest key of a page is found.
        var key = classic.IsPostgres ? "target_key COLLATE \"C\"" : "target_key";
        await foreach (var row in classic.ReadAsync(new Statement($"SELECT target_key, source_key FROM {ReturnTables.Rows} WHERE table_name = {SqlName.Literal(table.Name)} AND {key} > $1 ORDER BY {key} LIMIT {Page}", after), cancel))
            page[(string)row[0]!] = KeyId.Of(row[1])!.Value;
        return page;
    }

    private async Task CompareAsync(ReturnTable table, Dictionary<string, KeyId> page, CancellationToken cancel)
    {
        var rows = await UltimateRows.ReadAsync(ultimate, table.Ultimate, [.. page.Keys.Select(key => KeyId.Of(key)!.Value)], cancel);
        var images = new Dictionary<KeyId, object?[]>();
        foreach (var query in new ClassicTable(table, classic.Kind).Rows(page.Values))
        {
            await foreach (var row in classic.ReadAsync(query, cancel))
                images[KeyId.Of(row[table.Binding.Key])!.Value] = row;
        }

        var kept = await KeptAsync(table, page.Keys, cancel);
        var relations = await _relations.OfAsync(table, rows.Values, images.Values, cancel);
        var reverser = new RowReverser(table, options);
        foreach (var (target, source) in page)
        {
            _rows++;
            var own = kept.GetValueOrDefault(target) ?? [];
            _kept += own.Count;
            if (!IsImage(reverser, rows.GetValueOrDefault(KeyId.Of(target)!.Value), images.GetValueOrDefault(source), source, own, relations))
                _differing.Add($"{table.Name}/{target}");
        }
    }

    private static bool IsImage(RowReverser reverser, UltimateRow? row, object?[]? image, KeyId source, HashSet<string> kept, RowRelations relations)
    {
        // The empty column stands for the whole row.
        if (row is null || image is null)
            return (row is null && image is null) || kept.Contains("");
        var reversal = reverser.Compare(row, image, source, relations);
        return kept.Contains("") || (reversal.Writes.All(write => kept.Contains(write.Column)) && reversal.Kept.All(value => kept.Contains(value.Column)));
    }

    private async Task<Dictionary<string, HashSet<string>>> KeptAsync(ReturnTable table, IEnumerable<string> targets, CancellationToken cancel)
    {
        var kept = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var list = string.Join(", ", targets.Select(SqlName.Literal));
        await foreach (var row in classic.ReadAsync(new Statement($"SELECT target_key, column_name FROM {ReturnTables.Kept} WHERE table_name = {SqlName.Literal(table.Name)} AND reason <> '{KeptReasons.Overwritten}' AND target_key IN ({list})"), cancel))
        {
            if (!kept.TryGetValue((string)row[0]!, out var columns))
                kept[(string)row[0]!] = columns = new HashSet<string>(StringComparer.Ordinal);
            columns.Add((string)row[1]!);
        }

        return kept;
    }
}
