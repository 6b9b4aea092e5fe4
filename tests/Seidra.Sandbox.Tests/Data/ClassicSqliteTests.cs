using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Seidra.Sandbox.Data;

namespace Seidra.Sandbox.Tests.Data;

public sealed class ClassicSqliteTests
{
    private string directory = "";

    private string DatabasePath => Path.Combine(directory, "classic.db");

    [SetUp]
    public void MakeDirectory() => directory = Directory.CreateTempSubdirectory("seidra-data-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(directory, recursive: true);

    [TestCase(ClassicShape.Classic)]
    [TestCase(ClassicShape.ClassicEnriched)]
    [TestCase(ClassicShape.UltimateOlder)]
    [TestCase(ClassicShape.UltimateUnstamped)]
    public void The_inventory_counts_what_the_tables_hold(ClassicShape shape)
    {
        var inventory = ClassicData.CreateSqlite(DatabasePath, rows: 2_000, seed: 3, shape);
        foreach (var (table, rows) in inventory.Tables)
            Assert.That(Count($"SELECT count(*) FROM {table}"), Is.EqualTo(rows), table);
        Assert.That(inventory.Tables.Keys, Is.EquivalentTo(Tables().Except(["alembic_version", "lora_models", "notifications", "video_timelines"])));
        Assert.That(Texts("PRAGMA integrity_check"), Is.EqualTo(new[] { "ok" }));
        Assert.That(inventory.Oddities.Where(oddity => oddity.Value == 0).Select(oddity => oddity.Key), Is.Empty, "kinds that do not occur");
    }

    [TestCase("users.active.text", "SELECT count(*) FROM users WHERE typeof(is_active) = 'text' AND is_active = 't'")]
    [TestCase("users.settings.invalidJson", "SELECT count(*) FROM users WHERE NOT json_valid(settings)")]
    [TestCase("users.settings.wrongShape", "SELECT count(*) FROM users WHERE json_valid(settings) AND json_type(settings) <> 'object'")]
    [TestCase("users.email.caseTwin", "SELECT count(*) FROM users a JOIN users b ON lower(a.email) = lower(b.email) AND a.email > b.email")]
    [TestCase("users.email.null", "SELECT count(*) FROM users WHERE email IS NULL")]
    [TestCase("personas.user.orphan", "SELECT count(*) FROM personas WHERE user_id NOT IN (SELECT id FROM users)")]
    [TestCase("personas.name.tooLong", "SELECT count(*) FROM personas WHERE length(name) > 100")]
    [TestCase("personas.description.nul", "SELECT count(*) FROM personas WHERE instr(CAST(description AS BLOB), x'00') > 0")]
    [TestCase("jobs.prompt.nul", "SELECT count(*) FROM jobs WHERE instr(CAST(prompt AS BLOB), x'00') > 0")]
    [TestCase("jobs.prompt.null", "SELECT count(*) FROM jobs WHERE prompt IS NULL")]
    [TestCase("jobs.prompt.veryLong", "SELECT count(*) FROM jobs WHERE length(prompt) > 30000")]
    [TestCase("jobs.parameters.invalidJson", "SELECT count(*) FROM jobs WHERE NOT json_valid(parameters)")]
    [TestCase("jobs.user.orphan", "SELECT count(*) FROM jobs WHERE user_id NOT IN (SELECT id FROM users)")]
    [TestCase("jobs.persona.orphan", "SELECT count(*) FROM jobs WHERE persona_id NOT IN (SELECT id FROM personas)")]
    [TestCase("jobs.status.processing", "SELECT count(*) FROM jobs WHERE status = 'processing'")]
    [TestCase("jobs.created.epoch", "SELECT count(*) FROM jobs WHERE typeof(created_at) = 'integer'")]
    [TestCase("jobs.created.zone", "SELECT count(*) FROM jobs WHERE created_at LIKE '%T%Z'")]
    [TestCase("media.path.null", "SELECT count(*) FROM media WHERE file_path IS NULL")]
    [TestCase("media.job.orphan", "SELECT count(*) FROM media WHERE job_id NOT IN (SELECT id FROM jobs)")]
    public void The_inventory_counts_an_oddity_as_SQL_does(string kind, string sql)
    {
        var inventory = ClassicData.CreateSqlite(DatabasePath, rows: 4_000);
        Assert.That(inventory.Oddities[kind], Is.GreaterThan(0).And.EqualTo(Count(sql)));
    }

    [Test]
    public void Text_that_is_not_UTF8_is_stored_as_it_is()
    {
        var inventory = ClassicData.CreateSqlite(DatabasePath, rows: 4_000);
        var strict = new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true);
        var broken = Blobs("SELECT CAST(prompt AS BLOB) FROM jobs WHERE prompt IS NOT NULL").Count(bytes =>
        {
            try
            {
                return strict.GetCharCount(bytes) < 0;
            }
            catch (System.Text.DecoderFallbackException)
            {
                return true;
            }
        });
        Assert.That(inventory.Oddities["jobs.prompt.notUtf8"], Is.GreaterThan(0).And.EqualTo(broken));
    }

    [Test]
    public void Ids_people_and_dates_are_what_a_migration_must_face()
    {
        var asOf = new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
        var inventory = ClassicData.CreateSqlite(DatabasePath, rows: 4_000, asOf: asOf);
        foreach (var table in inventory.Tables.Keys)
            Assert.That(Count($"SELECT count(*) FROM {table} WHERE id IN (0, -7)"), Is.EqualTo(2), table);
        Assert.That(Count("SELECT count(*) FROM users WHERE id = 1 AND username <> 'demo'"), Is.EqualTo(1), "a real person at id 1");
        Assert.That(Count($"SELECT count(*) FROM users WHERE id = {ClassicData.ProbeUserId} AND is_active = 1 AND json_valid(settings)"), Is.EqualTo(1));
        Assert.That(Count("SELECT count(*) FROM jobs WHERE status = 'completed' AND julianday(completed_at) < julianday('2026-05-04 03:02:01', '-30 days')"), Is.EqualTo(inventory.OldCompletedJobs).And.GreaterThan(0));
        Assert.That(Count("SELECT count(*) FROM jobs WHERE status = 'completed' AND julianday(completed_at) > julianday('2026-05-04 03:02:01', '-30 days')"), Is.GreaterThan(0));
        Assert.That(BCrypt.Net.BCrypt.Verify(ClassicData.Password, ClassicData.PasswordHash), Is.True);
    }

    [Test]
    public void Rows_and_files_agree_on_missing_and_orphaned_objects()
    {
        var media = Path.Combine(directory, "media");
        var inventory = ClassicData.CreateSqlite(DatabasePath, rows: 4_000, objects: 1_500);
        ClassicData.CreateMedia(media, objects: 1_500);
        var files = Directory.EnumerateFiles(media, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(media, file)).ToHashSet();
        var paths = Texts("SELECT file_path FROM media WHERE file_path IS NOT NULL").Select(Key).ToList();
        var named = paths.Concat(Texts("SELECT thumbnail_path FROM media WHERE thumbnail_path IS NOT NULL").Select(Key)).ToHashSet();
        Assert.That(inventory.MediaRows, Is.EqualTo(paths.Count));
        Assert.That(inventory.MissingObjects, Is.GreaterThan(0).And.EqualTo(paths.Count(path => !files.Contains(path))));
        Assert.That(inventory.OrphanObjects, Is.GreaterThan(0).And.EqualTo(files.Count(file => !named.Contains(file))));
        Assert.That(files.Select(file => Path.GetFileName(file)!).GroupBy(name => name).Count(group => group.Count() > 1), Is.GreaterThan(0), "basenames that collide");
    }

    [Test]
    public void The_other_shapes_show_their_marks()
    {
        ClassicData.CreateSqlite(DatabasePath, rows: 400, shape: ClassicShape.ClassicEnriched);
        Assert.That(Count("SELECT count(*) FROM users WHERE username = 'demo' AND id = 5"), Is.EqualTo(1));
        Assert.That(Count("SELECT count(style_preset) + count(voice_id) FROM personas"), Is.GreaterThan(0));
        Assert.That(Count("SELECT count(*) FROM jobs j JOIN jobs parent ON parent.id = j.retry_of WHERE j.owner_id IS NOT NULL AND j.text IS NOT NULL"), Is.GreaterThan(0));
        File.Delete(DatabasePath);
        ClassicData.CreateSqlite(DatabasePath, rows: 400, shape: ClassicShape.UltimateOlder);
        Assert.That(Texts("SELECT version_num FROM alembic_version"), Is.EqualTo(new[] { "20241003_0002" }));
        Assert.That(Count("SELECT count(*) FROM media_items m JOIN generation_jobs j ON j.id = m.job_id"), Is.EqualTo(100));
        File.Delete(DatabasePath);
        ClassicData.CreateSqlite(DatabasePath, rows: 400, shape: ClassicShape.UltimateUnstamped);
        Assert.That(Tables(), Does.Contain("video_timelines").And.Not.Contain("alembic_version"));
    }

    [Test]
    public void The_same_seed_gives_the_same_database_and_another_seed_another()
    {
        var hashes = new[] { 5, 5, 6 }.Select((seed, index) =>
        {
            var path = Path.Combine(directory, $"{index}.db");
            ClassicData.CreateSqlite(path, rows: 400, seed: seed);
            return Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
        }).ToList();
        Assert.That(hashes[1], Is.EqualTo(hashes[0]));
        Assert.That(hashes[2], Is.Not.EqualTo(hashes[0]));
    }

    [Test]
    public void Twenty_thousand_rows_take_seconds_at_most_and_an_existing_file_is_never_touched()
    {
        var watch = Stopwatch.StartNew();
        Assert.That(ClassicData.CreateSqlite(DatabasePath).Rows, Is.EqualTo(20_000));
        TestContext.Out.WriteLine($"20,000 rows in {watch.ElapsedMilliseconds} ms");
        Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(300));
        Assert.That(() => ClassicData.CreateSqlite(DatabasePath), Throws.TypeOf<SandboxException>().With.Message.Contains(DatabasePath));
    }

    private static string Key(string path) =>
        new[] { "/app/uploads/", "/data/media/", "uploads/" }.Aggregate(path, (rest, prefix) => rest.StartsWith(prefix, StringComparison.Ordinal) ? rest[prefix.Length..] : rest);

    private List<string> Tables() => Texts("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");

    private long Count(string sql) => Read(sql, reader => Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture)).DefaultIfEmpty().First();

    private List<string> Texts(string sql) => Read(sql, reader => reader.GetString(0));

    private List<byte[]> Blobs(string sql) => Read(sql, reader => (byte[])reader.GetValue(0));

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> value)
    {
        using var connection = new SqliteConnection($"Data Source={DatabasePath};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<T>();
        while (reader.Read())
            values.Add(value(reader));
        return values;
    }
}
