using System.Data.Common;

namespace Seidra.Database;

/// <summary>
/// What the way in has written in Ultimate's database about keys: numbers that moved, rows kept aside. The one place that
/// knows those tables.
/// </summary>
internal sealed class ReturnLedger(DbConnection ultimate)
{
    /// <summary>Classic's keys by Ultimate's, of a table's rows whose key is another in Ultimate and cannot be reckoned.</summary>
    public async Task<Dictionary<KeyId, KeyId>> MovedAsync(string table, CancellationToken cancel)
    {
        var moved = new Dictionary<KeyId, KeyId>();
        await using var command = ultimate.CreateCommand();
        command.CommandText = $"SELECT source_key, target_key FROM {LedgerSchema.Keys} WHERE table_name = {SqlName.Literal(table)}";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            moved[KeyId.Of(reader.GetString(1))!.Value] = KeyId.Of(reader.GetString(0))!.Value;
        return moved;
    }

    /// <summary>Which of Classic's keys belong to rows in quarantine.</summary>
    public async Task<HashSet<KeyId>> AsideAsync(string table, IReadOnlyCollection<KeyId> sources, CancellationToken cancel)
    {
        var aside = new HashSet<KeyId>();
        foreach (var batch in sources.Chunk(500))
        {
            await using var command = ultimate.CreateCommand();
            // Of rows that share a key the first is placed.
            command.CommandText = $"SELECT source_key FROM {LedgerSchema.Quarantine} WHERE table_name = {SqlName.Literal(table)} AND reason <> '{Reasons.DuplicateKey}' AND source_key IN ({string.Join(", ", batch.Select(key => SqlName.Literal(key.ToString())))})";
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
                aside.Add(KeyId.Of(reader.GetString(0))!.Value);
        }

        return aside;
    }
}
