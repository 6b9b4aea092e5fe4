using SQLitePCL;

namespace Seidra.Cutover.Bench;

/// <summary>
/// A client of Classic on SQLite, through the engine's own calls: the ADO.NET provider sleeps 150 ms whenever the file is
/// locked, which would be measured as a write pause.
/// </summary>
internal sealed class SqliteClient : IWriteClient
{
    private const string Job = """
        INSERT INTO jobs (user_id, job_type, prompt, negative_prompt, model_name, parameters, status, progress, result_images, metadata, created_at, updated_at)
        VALUES (2, 'image', ?1, '', 'sdxl-base', '{"width": 512}', 'completed', 0, '[]', '{}', datetime('now'), datetime('now'))
        """;

    private const string Picture = """
        INSERT INTO media (user_id, job_id, file_path, file_type, mime_type, metadata, tags, created_at)
        VALUES (2, last_insert_rowid(), ?1 || '.png', 'image', 'image/png', '{}', '[]', datetime('now'))
        """;

    private readonly sqlite3 _database;

    /// <summary>Opens the file.</summary>
    public SqliteClient(string path)
    {
        Batteries_V2.Init();
        Require(raw.sqlite3_open_v2(path, out _database, raw.SQLITE_OPEN_READWRITE, null));
        Require(raw.sqlite3_busy_timeout(_database, 0));
        Require(raw.sqlite3_exec(_database, "PRAGMA synchronous=NORMAL"));
    }

    /// <inheritdoc/>
    public long? Insert(string token)
    {
        long job = 0;
        return Transaction(() => Run(Job, token) && (job = raw.sqlite3_last_insert_rowid(_database)) > 0 && Run(Picture, token)) ? job : null;
    }

    /// <inheritdoc/>
    public bool Update(long job, double progress) =>
        Transaction(() => raw.sqlite3_exec(_database, FormattableString.Invariant($"UPDATE jobs SET progress = {progress} WHERE id = {job}")) == raw.SQLITE_OK);

    /// <inheritdoc/>
    public bool Read()
    {
        Require(raw.sqlite3_prepare_v2(_database, "SELECT status FROM jobs LIMIT 1", out var statement));
        using (statement)
        {
            return raw.sqlite3_step(statement) == raw.SQLITE_ROW;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => raw.sqlite3_close_v2(_database);

    private bool Transaction(Func<bool> work)
    {
        if (raw.sqlite3_exec(_database, "BEGIN IMMEDIATE") != raw.SQLITE_OK)
        {
            return false;
        }

        if (work() && raw.sqlite3_exec(_database, "COMMIT") == raw.SQLITE_OK)
        {
            return true;
        }

        raw.sqlite3_exec(_database, "ROLLBACK");
        return false;
    }

    private bool Run(string sql, string token)
    {
        if (raw.sqlite3_prepare_v2(_database, sql, out var statement) != raw.SQLITE_OK)
        {
            return false;
        }

        using (statement)
        {
            Require(raw.sqlite3_bind_text(statement, 1, token));
            return raw.sqlite3_step(statement) == raw.SQLITE_DONE;
        }
    }

    private void Require(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            throw new BenchException($"Expected to use Classic's file, found: {raw.sqlite3_errmsg(_database).utf8_to_string()}");
        }
    }
}
