using System.Data.Common;
using System.Globalization;

namespace Seidra.Sandbox.Data;

/// <summary>An engine that a Classic database is made on.</summary>
internal abstract class ClassicDatabase(DbConnection connection)
{
    /// <summary>sqlite or postgres, as the scripts call it.</summary>
    public abstract string Engine { get; }

    /// <summary>The type of an integer key that counts by itself.</summary>
    public abstract string Serial { get; }

    /// <summary>The type of a column of moments that one engine keeps as epoch seconds.</summary>
    public abstract string Epoch { get; }

    /// <summary>The type of a column of moments with a zone.</summary>
    public abstract string Zoned { get; }

    /// <summary>Puts a table's rows in.</summary>
    public abstract void Insert(TableData table);

    /// <summary>Lets the integer keys of these tables count on from their greatest value.</summary>
    public abstract void SetSequences(IEnumerable<string> tables);

    /// <summary>Runs a statement and counts the rows it touched.</summary>
    public long Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>The number a query answers with.</summary>
    public long Count(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>The two texts of every row that a query answers with.</summary>
    public IEnumerable<(string? First, string? Second)> Pairs(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            yield return (Text(reader, 0), Text(reader, 1));
    }

    private static string? Text(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
