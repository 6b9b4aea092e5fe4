namespace Seidra.Sandbox.Data;

/// <summary>Rows of one table on their way into a database: values are null, string, long, double or bool.</summary>
internal sealed record TableData(string Name, IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>The table under another name.</summary>
    public TableData Named(string name) => this with { Name = name };

    /// <summary>The table with one column under another name.</summary>
    public TableData Renamed(string column, string name) =>
        this with { Columns = [.. Columns.Select(known => known == column ? name : known)] };

    /// <summary>The table with one column's values changed.</summary>
    public TableData Mapped(string column, Func<object?, object?> map)
    {
        var index = Columns.ToList().IndexOf(column);
        foreach (var row in Rows)
            row[index] = map(row[index]);
        return this;
    }

    /// <summary>The table with one more column, its values made from the row's number (from 0).</summary>
    public TableData With(string column, Func<int, object?> value) =>
        this with { Columns = [.. Columns, column], Rows = [.. Rows.Select((row, index) => (object?[])[.. row, value(index)])] };
}
