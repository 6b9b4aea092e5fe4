using Npgsql;

namespace Seidra.Cutover.Bench;

/// <summary>A client of Classic or of Ultimate on PostgreSQL.</summary>
internal sealed class PostgresClient : IWriteClient
{
    private const string ClassicInsert = """
        WITH job AS (
          INSERT INTO jobs (user_id, job_type, prompt, negative_prompt, model_name, parameters, status, progress, result_images, metadata, created_at, updated_at)
          VALUES (2, 'image', $1, '', 'sdxl-base', '{"width": 512}', 'completed', 0, '[]', '{}', now(), now()) RETURNING id)
        INSERT INTO media (user_id, job_id, file_path, file_type, mime_type, metadata, tags, created_at)
        SELECT 2, id, $1 || '.png', 'image', 'image/png', '{}', '[]', now() FROM job RETURNING job_id
        """;

    private const string UltimateInsert = """
        WITH job AS (
          INSERT INTO generation_jobs (id, user_id, prompt, model_name, parameters, status)
          VALUES (gen_random_uuid()::text, 2, $1, 'sdxl-base', '{"width": 512}', 'completed') RETURNING id)
        INSERT INTO media_items (id, user_id, job_id, file_path)
        SELECT gen_random_uuid()::text, 2, id, $1 || '.png' FROM job RETURNING 0
        """;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _insert;
    private readonly NpgsqlCommand _update;
    private readonly NpgsqlCommand _read;

    private PostgresClient(NpgsqlConnection connection, string insert, string jobs)
    {
        _connection = connection;
        _insert = Command(insert, new NpgsqlParameter<string>());
        _update = Command($"UPDATE {jobs} SET progress = $1 WHERE id = $2", new NpgsqlParameter<double>(), new NpgsqlParameter<int>());
        _read = Command($"SELECT status FROM {jobs} LIMIT 1");
    }

    /// <summary>A client of Classic.</summary>
    public static PostgresClient Classic(NpgsqlConnection connection) => new(connection, ClassicInsert, "jobs");

    /// <summary>A client of Ultimate.</summary>
    public static PostgresClient Ultimate(NpgsqlConnection connection) => new(connection, UltimateInsert, "generation_jobs");

    /// <inheritdoc/>
    public long? Insert(string token)
    {
        ((NpgsqlParameter<string>)_insert.Parameters[0]).TypedValue = token;
        return Try(() => Convert.ToInt64(_insert.ExecuteScalar()), (long?)null);
    }

    /// <inheritdoc/>
    public bool Update(long job, double progress)
    {
        ((NpgsqlParameter<double>)_update.Parameters[0]).TypedValue = progress;
        ((NpgsqlParameter<int>)_update.Parameters[1]).TypedValue = (int)job;
        return Try(() => _update.ExecuteNonQuery() == 1, otherwise: false);
    }

    /// <inheritdoc/>
    public bool Read() => Try(() => _read.ExecuteScalar() is string, otherwise: false);

    /// <inheritdoc/>
    public void Dispose()
    {
        _insert.Dispose();
        _update.Dispose();
        _read.Dispose();
        _connection.Dispose();
    }

    private static T Try<T>(Func<T> work, T otherwise)
    {
        try
        {
            return work();
        }
        catch (PostgresException)
        {
            // The server itself said no: the statement, a transaction by itself, left nothing.
            return otherwise;
        }
        catch (NpgsqlException error)
        {
            throw new BenchException($"Expected clients to keep their connections, found one lost: {error.Message}");
        }
    }

    private NpgsqlCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, _connection);
        command.Parameters.AddRange(parameters);
        return command;
    }
}
