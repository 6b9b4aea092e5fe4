using System.Text;
using SQLitePCL;

namespace Seidra.Database;

/// <summary>Statements on a raw SQLite connection.</summary>
internal static class SqliteQuery
{
    /// <summary>Prepares a statement with its values: long, double or string.</summary>
    public static sqlite3_stmt Prepare(sqlite3 database, string sql, params IReadOnlyList<object> values)
    {
        if (raw.sqlite3_prepare_v2(database, sql, out var statement) != raw.SQLITE_OK)
            throw Error(database);
        for (var index = 0; index < values.Count; index++)
        {
            var result = values[index] switch
            {
                long number => raw.sqlite3_bind_int64(statement, index + 1, number),
                double number => raw.sqlite3_bind_double(statement, index + 1, number),
                var text => raw.sqlite3_bind_text(statement, index + 1, Encoding.UTF8.GetBytes((string)text)),
            };
            if (result != raw.SQLITE_OK)
                throw Error(database);
        }

        return statement;
    }

    /// <summary>Goes to the next row; false behind the last one.</summary>
    public static bool Step(sqlite3 database, sqlite3_stmt statement) => raw.sqlite3_step(statement) switch
    {
        raw.SQLITE_ROW => true,
        raw.SQLITE_DONE => false,
        _ => throw Error(database),
    };

    /// <summary>A few rows as null, long, double or string.</summary>
    public static List<object?[]> Rows(sqlite3 database, string sql, params IReadOnlyList<object> values)
    {
        using var statement = Prepare(database, sql, values);
        var rows = new List<object?[]>();
        while (Step(database, statement))
        {
            var row = new object?[raw.sqlite3_column_count(statement)];
            for (var column = 0; column < row.Length; column++)
            {
                row[column] = raw.sqlite3_column_type(statement, column) switch
                {
                    raw.SQLITE_NULL => null,
                    raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, column),
                    raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
                    _ => raw.sqlite3_column_text(statement, column).utf8_to_string(),
                };
            }

            rows.Add(row);
        }

        return rows;
    }

    /// <summary>The first value of the first row as text.</summary>
    public static string Text(sqlite3 database, string sql) => Rows(database, sql)[0][0]?.ToString() ?? "";

    /// <summary>Runs statements that give no rows.</summary>
    public static void Execute(sqlite3 database, string sql)
    {
        if (raw.sqlite3_exec(database, sql) != raw.SQLITE_OK)
            throw Error(database);
    }

    public static Microsoft.Data.Sqlite.SqliteException Error(sqlite3 database)
    {
        var code = raw.sqlite3_extended_errcode(database);
        return new Microsoft.Data.Sqlite.SqliteException($"SQLite Error {code & 0xFF}: '{raw.sqlite3_errmsg(database).utf8_to_string()}'.", code & 0xFF, code);
    }
}
