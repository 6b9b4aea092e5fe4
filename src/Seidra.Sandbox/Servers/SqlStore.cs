using System.Data.Common;

namespace Seidra.Sandbox.Servers;

/// <summary>A product's database as the stand-ins need it: the same statements on SQLite and PostgreSQL.</summary>
internal abstract class SqlStore : IAsyncDisposable
{
    /// <summary>
    /// Opens the database of a URL as SQLAlchemy writes them, password included: <c>sqlite:///absolute/path</c> (three
    /// slashes or four), <c>postgresql[+driver]://user:password@host:port/database</c>.
    /// </summary>
    /// <exception cref="SandboxException">The URL is of another kind. The message does not repeat it: it may hold a password.</exception>
    public static SqlStore Open(string url)
    {
        var scheme = url.Split("://", 2)[0].Split('+')[0];
        return scheme switch
        {
            "sqlite" => new SqliteStore("/" + url.Split("://", 2)[1].TrimStart('/')),
            "postgresql" or "postgres" => new PostgresStore(new Uri("postgresql://" + url.Split("://", 2)[1])),
            _ => throw new SandboxException("Expected the database URL to start with sqlite:/// or postgresql://, found something else; correct SEIDRA_DATABASE_URL."),
        };
    }

    /// <summary>Runs a statement that may be repeated without harm and returns the number of rows it touched.</summary>
    public abstract Task<int> ExecuteAsync(string sql, params (string Name, object? Value)[] parameters);

    /// <summary>Runs an <c>INSERT ... RETURNING</c> once and returns the value.</summary>
    public abstract Task<object?> InsertAsync(string sql, params (string Name, object? Value)[] parameters);

    /// <summary>Runs a query and returns its rows; NULL is null.</summary>
    public abstract Task<IReadOnlyList<object?[]>> QueryAsync(string sql, params (string Name, object? Value)[] parameters);

    /// <summary>A point in time as this database's columns of SQLAlchemy's DateTime hold it.</summary>
    public abstract object Time(DateTime utc);

    /// <summary>The newest rows first, as far as that is cheap to know here (the schemas have no index on creation).</summary>
    public abstract string NewestFirst { get; }

    /// <summary>Whether the database refused because of somebody's lock or the write freeze, not because of the statement.</summary>
    public abstract bool IsFrozenOrBusy(DbException error);

    /// <summary>Whether the database refused a value that must be unique.</summary>
    public abstract bool IsDuplicate(DbException error);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();

    protected static bool NamesTheFreeze(DbException error) => error.Message.Contains("seidra", StringComparison.OrdinalIgnoreCase);

    protected static void Bind(DbCommand command, string sql, (string Name, object? Value)[] parameters)
    {
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
    }

    protected static async Task<IReadOnlyList<object?[]>> ReadAsync(DbCommand command)
    {
        var rows = new List<object?[]>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }

        return rows;
    }
}
