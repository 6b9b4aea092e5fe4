using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;

namespace Seidra.Database;

/// <summary>Reads rows of Ultimate by key, whichever engine holds them.</summary>
internal static class UltimateRows
{
    private const int Batch = 500;

    public static async Task<Dictionary<KeyId, UltimateRow>> ReadAsync(DbConnection snapshot, UltimateTable table, IReadOnlyCollection<KeyId> keys, CancellationToken cancel)
    {
        var rows = new Dictionary<KeyId, UltimateRow>();
        var columns = string.Join(", ", table.Columns.Select(column => SqlName.Quote(column.Name)));
        foreach (var batch in Usable(table, keys).Chunk(Batch))
        {
            await using var command = Command(snapshot, $"SELECT {columns} FROM {SqlName.Quote(table.Name)} WHERE {Where(snapshot, table)}", table, batch);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var values = new object?[table.Columns.Count];
                for (var index = 0; index < values.Length; index++)
                    values[index] = reader.IsDBNull(index) ? null : Value(reader.GetValue(index), table.Columns[index].Type);
                var key = KeyId.Of(values[0])!.Value;
                rows[key] = new UltimateRow(key, values);
            }
        }

        return rows;
    }

    /// <summary>The keys that Classic's rows had, as Ultimate's rows still tell by themselves.</summary>
    public static async Task<Dictionary<KeyId, KeyId>> ToldAsync(DbConnection snapshot, ReturnTable table, IReadOnlyCollection<KeyId> keys, CancellationToken cancel)
    {
        var told = new Dictionary<KeyId, KeyId>();
        if (table.Plan?.Rule is not { ExtrasInto: { } into, Key.KeepAs: { } keep })
            return told;
        foreach (var batch in Usable(table.Ultimate, keys).Chunk(Batch))
        {
            await using var command = Command(snapshot, $"SELECT \"id\", {SqlName.Quote(into)} FROM {SqlName.Quote(table.Name)} WHERE {Where(snapshot, table.Ultimate)}", table.Ultimate, batch);
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                if (KeyId.Of(Value(reader.GetValue(0), UltimateType.Text)) is { } key && !reader.IsDBNull(1) && Told(reader.GetValue(1) as string, keep) is { } source)
                    told[key] = source;
            }
        }

        return told;
    }

    /// <summary>All keys of a table.</summary>
    public static async Task<List<KeyId>> KeysAsync(DbConnection snapshot, UltimateTable table, CancellationToken cancel)
    {
        var keys = new List<KeyId>();
        await using var command = snapshot.CreateCommand();
        command.CommandText = $"SELECT \"id\" FROM {SqlName.Quote(table.Name)}";
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
            keys.Add(KeyId.Of(Value(reader.GetValue(0), table.Columns[0].Type))!.Value);
        return keys;
    }

    /// <summary>A value as JSON; JSON columns as what they hold.</summary>
    public static JsonNode? Json(object? value, UltimateType type) => value switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        DateTime moment => JsonValue.Create(moment.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture)),
        string text when type == UltimateType.Json && JsonText.Parse(text) is { } document => Node(document),
        _ => SourceText.Json(value),
    };

    /// <summary>The whole row as JSON text.</summary>
    public static string Describe(UltimateTable table, UltimateRow row, params string[] without)
    {
        var json = new JsonObject();
        for (var index = 0; index < table.Columns.Count; index++)
        {
            if (!without.Contains(table.Columns[index].Name))
                json[table.Columns[index].Name] = Json(row.Values[index], table.Columns[index].Type);
        }

        return json.ToJsonString(JsonText.Relaxed);
    }

    private static JsonNode? Node(JsonDocument document)
    {
        using (document)
            return JsonNode.Parse(document.RootElement.GetRawText(), documentOptions: new JsonDocumentOptions { MaxDepth = 256 });
    }

    private static KeyId? Told(string? json, string keep)
    {
        using var document = json is null ? null : JsonText.Parse(json);
        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty(keep, out var kept))
            return null;
        return kept.ValueKind switch
        {
            JsonValueKind.String => KeyId.Of(kept.GetString()),
            JsonValueKind.Number => KeyId.Of(kept.GetRawText()),
            _ => null,
        };
    }

    private static IEnumerable<KeyId> Usable(UltimateTable table, IEnumerable<KeyId> keys) =>
        table.Columns[0].Type == UltimateType.Integer ? keys.Where(key => key.IsNumber) : keys;

    private static string Where(DbConnection snapshot, UltimateTable table) => snapshot is NpgsqlConnection
        ? $"\"id\" = ANY($1::{(table.Columns[0].Type == UltimateType.Integer ? "bigint" : "text")}[])"
        : "\"id\" IN (SELECT value FROM json_each($1))";

    private static DbCommand Command(DbConnection snapshot, string sql, UltimateTable table, KeyId[] keys)
    {
        if (snapshot is NpgsqlConnection postgres)
        {
            var command = new NpgsqlCommand(sql, postgres);
            command.Parameters.Add(new() { Value = table.Columns[0].Type == UltimateType.Integer ? keys.Select(key => key.Number).ToArray() : keys.Select(key => key.ToString()).ToArray() });
            return command;
        }

        var list = new JsonArray([.. keys.Select(key => (JsonNode?)(table.Columns[0].Type == UltimateType.Integer ? JsonValue.Create(key.Number) : JsonValue.Create(key.ToString())))]);
        return ClassicConnection.Command((Microsoft.Data.Sqlite.SqliteConnection)snapshot, sql, list.ToJsonString());
    }

    // SQLite may hold anything anywhere; what is none of the column's type stays as text and is told apart later.
    private static object? Value(object stored, UltimateType type) => (stored, type) switch
    {
        (bool flag, _) => flag,
        (DateTime moment, _) => DateTime.SpecifyKind(moment, DateTimeKind.Unspecified),
        (long or int or short, UltimateType.Boolean) => Convert.ToInt64(stored, CultureInfo.InvariantCulture) != 0,
        (long or int or short, UltimateType.Integer) => Convert.ToInt64(stored, CultureInfo.InvariantCulture),
        (long or int or double or float, UltimateType.Float) => Convert.ToDouble(stored, CultureInfo.InvariantCulture),
        (long number, UltimateType.Timestamp) => EpochTime.Read(number),
        (string text, UltimateType.Timestamp) => TimestampText.Read(text) ?? (object)text,
        (byte[] bytes, _) => Convert.ToBase64String(bytes),
        _ => Convert.ToString(stored, CultureInfo.InvariantCulture),
    };
}
