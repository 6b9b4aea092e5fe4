using System.Globalization;
using Seidra.Sandbox;
using SQLitePCL;

namespace Seidra.Cutover.Bench;

/// <summary>Writes Classic's rows into a SQLite file through the engine's own calls: a million rows in seconds.</summary>
internal sealed class SqliteSink : IClassicSink, IDisposable
{
    private readonly sqlite3 _database;
    private readonly byte[] _text = new byte[26];
    private sqlite3_stmt? _insert;
    private int _parameter;

    /// <summary>Makes the file.</summary>
    public SqliteSink(string path)
    {
        Batteries_V2.Init();
        Check(raw.sqlite3_open_v2(path, out _database, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE, null));
        // A file that is only just being made needs no journal.
        Execute("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; BEGIN");
    }

    /// <inheritdoc/>
    public void Begin(ClassicTable table)
    {
        Execute(table.Create(Type));
        Check(raw.sqlite3_prepare_v2(_database, $"INSERT INTO {table.Name} VALUES ({string.Join(',', table.Columns.Select(_ => '?'))})", out _insert));
        _parameter = 0;
    }

    /// <inheritdoc/>
    public void Integer(long value) => Check(raw.sqlite3_bind_int64(_insert, ++_parameter, value));

    /// <inheritdoc/>
    public void Real(double value) => Check(raw.sqlite3_bind_double(_insert, ++_parameter, value));

    /// <inheritdoc/>
    public void Flag(bool value) => Integer(value ? 1 : 0);

    /// <inheritdoc/>
    public void Moment(long microseconds)
    {
        DateTime.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            .TryFormat(_text, out var written, "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        Text(_text.AsSpan(0, written));
    }

    /// <inheritdoc/>
    public void Text(ReadOnlySpan<byte> utf8) => Check(raw.sqlite3_bind_text(_insert, ++_parameter, utf8));

    /// <inheritdoc/>
    public void Null() => Check(raw.sqlite3_bind_null(_insert, ++_parameter));

    /// <inheritdoc/>
    public void EndRow()
    {
        Check(raw.sqlite3_step(_insert));
        raw.sqlite3_reset(_insert);
        _parameter = 0;
    }

    /// <inheritdoc/>
    public void End() => raw.sqlite3_finalize(_insert);

    /// <summary>Commits, and leaves the file in write-ahead mode, as Classic runs it.</summary>
    public void Complete() => Execute("COMMIT; PRAGMA journal_mode=WAL; PRAGMA wal_checkpoint(TRUNCATE)");

    /// <inheritdoc/>
    public void Dispose() => raw.sqlite3_close_v2(_database);

    // What SQLAlchemy calls these types on SQLite; tools that take the declared type for the true one rely on it.
    private static string Type(ColumnKind kind) => kind switch
    {
        ColumnKind.Key => "INTEGER PRIMARY KEY",
        ColumnKind.Integer => "INTEGER",
        ColumnKind.Flag => "BOOLEAN",
        ColumnKind.Real => "FLOAT",
        ColumnKind.Moment => "DATETIME",
        _ => "TEXT",
    };

    private void Execute(string sql) => Check(raw.sqlite3_exec(_database, sql));

    private void Check(int result)
    {
        if (result is not (raw.SQLITE_OK or raw.SQLITE_DONE or raw.SQLITE_ROW))
        {
            throw new SandboxException($"Expected to write Classic's file, found: {raw.sqlite3_errmsg(_database).utf8_to_string()}");
        }
    }
}
