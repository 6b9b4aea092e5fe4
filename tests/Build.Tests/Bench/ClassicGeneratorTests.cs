using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Seidra.Cutover.Bench;

namespace Seidra.Cutover.Tests;

/// <summary>The benchmark's Classic is the same everywhere and as difficult as real ones.</summary>
[TestFixture]
public sealed class ClassicGeneratorTests
{
    private const int Rows = 1000;
    private DirectoryInfo _folder = null!;

    [OneTimeSetUp]
    public void Make()
    {
        _folder = Directory.CreateTempSubdirectory("seidra-bench-test-");
        ClassicDatabases.CreateSqlite(File, Rows, CancellationToken.None);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    private string File => Path.Combine(_folder.FullName, "classic.db");

    [TestCase("users", Rows / 25)]
    [TestCase("personas", Rows / 10)]
    [TestCase("jobs", Rows)]
    [TestCase("media", Rows)]
    public void It_holds_as_many_rows_as_asked_for(string table, int expected) =>
        Assert.That(Scalar($"SELECT count(*) FROM {table}"), Is.EqualTo(expected));

    [Test]
    public void The_same_number_gives_the_same_bytes_and_another_does_not()
    {
        var again = Path.Combine(_folder.FullName, "again.db");
        var other = Path.Combine(_folder.FullName, "other.db");
        ClassicDatabases.CreateSqlite(again, Rows, CancellationToken.None);
        ClassicDatabases.CreateSqlite(other, Rows + 1, CancellationToken.None);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Hash(again), Is.EqualTo(Hash(File)));
            Assert.That(Hash(other), Is.Not.EqualTo(Hash(File)));
        }
    }

    [Test]
    public void References_point_to_rows_that_are_there()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Scalar("SELECT count(*) FROM personas p LEFT JOIN users u ON u.id = p.user_id WHERE u.id IS NULL"), Is.Zero);
            Assert.That(Scalar("SELECT count(*) FROM jobs j LEFT JOIN users u ON u.id = j.user_id WHERE u.id IS NULL"), Is.Zero);
            Assert.That(Scalar("SELECT count(*) FROM jobs j LEFT JOIN personas p ON p.id = j.persona_id WHERE j.persona_id IS NOT NULL AND p.id IS NULL"), Is.Zero);
            Assert.That(Scalar("SELECT count(*) FROM jobs WHERE persona_id IS NULL"), Is.EqualTo(Rows / 3));
            Assert.That(Scalar("SELECT count(*) FROM media m JOIN jobs j ON j.id = m.job_id AND j.user_id = m.user_id"), Is.EqualTo(Rows));
        }
    }

    [Test]
    public void Text_is_as_difficult_as_people_write_it_and_JSON_is_JSON()
    {
        var prompts = Texts("SELECT prompt FROM jobs");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(prompts.Select(prompt => prompt.EnumerateRunes().Count()).Distinct(), Is.EqualTo(new[] { 300 }));
            Assert.That(prompts.Distinct().Count(), Is.GreaterThan(100));
            Assert.That(string.Concat(prompts), Does.Contain("é").And.Contain("桜").And.Contain("🎉").And.Contain("д").And.Contain("\\").And.Contain("'").And.Contain("\"").And.Contain("%"));
            Assert.That(prompts, Has.None.Contains("\uFFFD"), "no character is cut in two");
            Assert.That(() => Texts("SELECT parameters FROM jobs UNION ALL SELECT settings FROM users UNION ALL SELECT metadata FROM media").ForEach(Parse), Throws.Nothing);
        }
    }

    [Test]
    public void Moments_are_text_with_microseconds() =>
        Assert.That(Texts("SELECT created_at FROM media"), Has.All.Match(@"^20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$"));

    private static void Parse(string text) => JsonDocument.Parse(text).Dispose();

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(System.IO.File.ReadAllBytes(file)));

    private long Scalar(string sql) => (long)Query(sql, command => command.ExecuteScalar())!;

    private List<string> Texts(string sql) => Query(sql, command =>
    {
        var texts = new List<string>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            // As bytes: the driver would replace what is no UTF-8.
            texts.Add(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(reader.GetFieldValue<byte[]>(0)));
        }

        return texts;
    });

    private T Query<T>(string sql, Func<SqliteCommand, T> read)
    {
        using var connection = new SqliteConnection($"Data Source={File}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return read(command);
    }
}
