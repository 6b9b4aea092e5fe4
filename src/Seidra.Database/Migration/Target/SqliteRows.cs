using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>Writes Ultimate's rows on SQLite, with values as its ORM stores them.</summary>
internal sealed class SqliteRows
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.ffffff";
    private readonly TargetTable _table;
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _write;
    private readonly SqliteCommand _keep;
    private readonly SqliteCommand _delete;

    public SqliteRows(SqliteConnection connection, TargetTable table)
    {
        _connection = connection;
        _table = table;
        var insert = $"INSERT INTO {table.Quoted} ({table.ColumnList}) VALUES ({string.Join(", ", table.Columns.Select((_, index) => $"${index + 1}"))}) ON CONFLICT";
        var set = string.Join(", ", table.Columns.Skip(1).Select(column => $"{SqlName.Quote(column.Name)} = excluded.{SqlName.Quote(column.Name)}"));
        var empty = new object[table.Columns.Count];
        Array.Fill(empty, DBNull.Value);
        _write = Command(connection, $"{insert} (id) DO UPDATE SET {set}", empty);
        _keep = Command(connection, $"{insert} DO NOTHING", empty);
        var own = table.Own is null ? "" : $" AND NOT coalesce({table.Own}, 0)";
        _delete = Command(connection, $"DELETE FROM {table.Quoted} WHERE id = CAST($1 AS {(table.Key.Type == TargetType.Integer ? "INTEGER" : "TEXT")}){own}", "");
    }

    public void Write(RowChange change)
    {
        var command = change.KeepExisting ? _keep : _write;
        for (var index = 0; index < _table.Columns.Count; index++)
            command.Parameters[index].Value = Stored(change.Values![index]);
        command.ExecuteNonQuery();
    }

    public void Delete(string key)
    {
        _delete.Parameters[0].Value = key;
        _delete.ExecuteNonQuery();
    }

    /// <summary>See <see cref="PostgresRows.ParkAsync"/>.</summary>
    public void Park(IReadOnlyList<RowChange> rows)
    {
        foreach (var name in _table.Unique)
        {
            var column = _table.Columns.ToList().FindIndex(column => column.Name == name);
            var own = _table.Own is null ? "" : $" AND NOT coalesce({_table.Own}, 0)";
            using var command = Command(_connection, $"UPDATE {_table.Quoted} SET {SqlName.Quote(name)} = 'parked-' || id WHERE {SqlName.Quote(name)} = $1 AND CAST(id AS TEXT) <> $2{own}", "", "");
            foreach (var row in rows.Where(row => row.Values![column] is not null))
            {
                command.Parameters[0].Value = row.Values![column];
                command.Parameters[1].Value = row.Entry.TargetKey;
                command.ExecuteNonQuery();
            }
        }
    }

    /// <summary>A command whose parameters are named $1, $2 and so on.</summary>
    public static SqliteCommand Command(SqliteConnection connection, string sql, params object[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
            command.Parameters.AddWithValue($"${index + 1}", values[index]);
        return command;
    }

    public static object Value(SqliteDataReader reader, int index, TargetType type) => type switch
    {
        TargetType.Integer => reader.GetInt64(index),
        TargetType.Float => reader.GetDouble(index),
        TargetType.Boolean => reader.GetInt64(index) != 0,
        TargetType.Timestamp => TimestampText.Read(reader.GetString(index)) ?? (object)reader.GetString(index),
        _ => reader.GetString(index),
    };

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        bool flag => flag ? 1L : 0L,
        DateTime moment => moment.ToString(TimeFormat, CultureInfo.InvariantCulture),
        _ => value,
    };
}
