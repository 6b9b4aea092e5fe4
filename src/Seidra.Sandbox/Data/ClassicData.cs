using Microsoft.Data.Sqlite;
using Minio.DataModel.Args;
using Minio.Exceptions;
using Npgsql;
using Seidra.Sandbox.Machines;

namespace Seidra.Sandbox.Data;

/// <summary>
/// Generates what a Classic instance holds: rows with everything that real instances hold (see oddities.sql) and media
/// objects. The same arguments give the same rows and the same bytes.
/// </summary>
public static class ClassicData
{
    /// <summary>The password of every generated user.</summary>
    public const string Password = "Classic-Rehearsal-1";

    // Enough to keep a gateway busy on every core; its processor time per object is then what an upload takes.
    private const int UploadParallelism = 32;

    /// <summary>A user with tidy rows on every shape, fit for a probe that writes: not id 1.</summary>
    public const int ProbeUserId = 2;

    // bcrypt of Password, cost 12, made once: hashing a thousand times would take minutes.
    internal const string PasswordHash = "$2b$12$eTENiGHDXZKqBn0RFp/6t.9kbJp7sc9wJ1THu7EYODr9so1jbWWYe";

    private static readonly DateTimeOffset DefaultDate = new(2025, 10, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Makes a Classic database in a SQLite file; the file appears whole or not at all.</summary>
    /// <param name="path">The file; it must not be there yet.</param>
    /// <param name="rows">Rows of users, personas, jobs and media together, 400 or more.</param>
    /// <param name="seed">Other seeds give other rows.</param>
    /// <param name="shape">The shape of the database.</param>
    /// <param name="objects">Number of media objects that the rows name, as given to <see cref="CreateMedia"/>; null for a quarter of the rows.</param>
    /// <param name="asOf">The latest moment in the rows; null for a fixed date.</param>
    /// <exception cref="SandboxException">The file is there already or cannot be written.</exception>
    public static ClassicInventory CreateSqlite(
        string path, int rows = 20_000, int seed = 1, ClassicShape shape = ClassicShape.Classic, int? objects = null, DateTimeOffset? asOf = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, ClassicRows.Fewest);
        ArgumentOutOfRangeException.ThrowIfLessThan(objects ?? 1, 1);
        if (File.Exists(path))
            throw new SandboxException($"Expected to make a new database at {path}, found a file; delete it or choose another place.");
        var temporary = path + ".new";
        File.Delete(temporary);
        try
        {
            var inventory = FillSqlite(temporary, shape, rows, objects ?? rows / 4, seed, asOf ?? DefaultDate);
            File.Move(temporary, path);
            return inventory;
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new SandboxException($"Expected to make a Classic database at {path}, found: {error.Message}", error);
        }
    }

    /// <summary>Makes a Classic database in an empty PostgreSQL database, in one transaction.</summary>
    /// <param name="connectionString">The empty database.</param>
    /// <param name="rows">Rows of users, personas, jobs and media together, 400 or more.</param>
    /// <param name="seed">Other seeds give other rows.</param>
    /// <param name="shape">The shape of the database.</param>
    /// <param name="objects">Number of media objects that the rows name; null for a quarter of the rows.</param>
    /// <param name="asOf">The latest moment in the rows; null for a fixed date.</param>
    /// <param name="ct">Cancels the connecting.</param>
    /// <exception cref="SandboxException">The server refuses, or the tables are there already.</exception>
    public static async Task<ClassicInventory> CreatePostgresAsync(
        string connectionString, int rows = 20_000, int seed = 1, ClassicShape shape = ClassicShape.Classic, int? objects = null, DateTimeOffset? asOf = null, CancellationToken ct = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, ClassicRows.Fewest);
        ArgumentOutOfRangeException.ThrowIfLessThan(objects ?? 1, 1);
        try
        {
            await using var connection = new NpgsqlConnection(connectionString);
            await connection.OpenAsync(ct);
            await using var transaction = await connection.BeginTransactionAsync(ct);
            var inventory = new ClassicBuilder(new PostgresClassic(connection), shape).Build(rows, objects ?? rows / 4, seed, asOf ?? DefaultDate);
            await transaction.CommitAsync(ct);
            return inventory;
        }
        catch (NpgsqlException error)
        {
            throw new SandboxException($"Expected to make a Classic database in an empty PostgreSQL database, found: {error.Message}", error);
        }
    }

    /// <summary>Writes the media objects below a directory.</summary>
    /// <param name="directory">The media directory, made where missing.</param>
    /// <param name="objects">Number of objects.</param>
    /// <param name="seed">Other seeds give other bytes under the same keys.</param>
    public static MediaInventory CreateMedia(string directory, int objects = 5_000, int seed = 1)
    {
        var catalog = MediaCatalog.First(objects);
        foreach (var folder in catalog.Select(item => Path.GetDirectoryName(item.Key)!).Distinct())
            Directory.CreateDirectory(Path.Combine(directory, folder));
        var size = 0L;
        try
        {
            Parallel.ForEach(catalog, item =>
            {
                var content = MediaBytes.Of(item, seed);
                File.WriteAllBytes(Path.Combine(directory, item.Key), content);
                Interlocked.Add(ref size, content.Length);
            });
        }
        catch (AggregateException error)
        {
            throw new SandboxException($"Expected to write {objects} media objects to {directory}, found: {error.InnerException!.Message}", error);
        }

        return new MediaInventory(objects, size);
    }

    /// <summary>Puts the objects of <see cref="CreateMedia"/> into a bucket, which is made where missing.</summary>
    /// <param name="directory">The media directory; its first <paramref name="objects"/> objects are sent.</param>
    /// <param name="server">The server.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="objects">Number of objects.</param>
    /// <param name="progress">Gets (done, total) objects.</param>
    /// <param name="ct">Cancels the upload.</param>
    /// <exception cref="SandboxException">The server refuses an object.</exception>
    public static async Task UploadMediaAsync(
        string directory, LocalS3 server, string bucket, int objects = 5_000, Action<long, long>? progress = null, CancellationToken ct = default)
    {
        await server.CreateBucketAsync(bucket, ct);
        using var client = server.Client();
        var done = 0L;
        try
        {
            await Parallel.ForEachAsync(MediaCatalog.First(objects), new ParallelOptions { MaxDegreeOfParallelism = UploadParallelism, CancellationToken = ct }, async (item, token) =>
            {
                await using var content = File.OpenRead(Path.Combine(directory, item.Key));
                await client.PutObjectAsync(
                    new PutObjectArgs().WithBucket(bucket).WithObject(item.Key).WithStreamData(content).WithObjectSize(content.Length).WithContentType(item.ContentType), token);
                var sent = Interlocked.Increment(ref done);
                if (sent % 250 == 0 || sent == objects)
                    progress?.Invoke(sent, objects);
            });
        }
        catch (Exception error) when (error is MinioException or HttpRequestException or IOException)
        {
            throw new SandboxException($"Expected {server.Endpoint} to take {objects} objects into {bucket}, found after {done}: {error.Message}", error);
        }
    }

    private static ClassicInventory FillSqlite(string path, ClassicShape shape, int rows, int objects, int seed, DateTimeOffset asOf)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Foreign Keys=False");
        connection.Open();
        var database = new SqliteClassic(connection);
        database.Execute("PRAGMA synchronous = OFF");
        ClassicInventory inventory;
        using (var transaction = connection.BeginTransaction())
        {
            inventory = new ClassicBuilder(database, shape).Build(rows, objects, seed, asOf);
            transaction.Commit();
        }

        // As a web application sets it: readers beside the one writer. The mode is kept in the file.
        database.Execute("PRAGMA journal_mode = WAL");
        return inventory;
    }
}
