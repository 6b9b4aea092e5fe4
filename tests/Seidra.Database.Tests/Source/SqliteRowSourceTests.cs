using System.Text;
using Microsoft.Data.Sqlite;
using Seidra.Database.Tests.Rows;

namespace Seidra.Database.Tests.Source;

/// <summary>Rows of SQLite files of every kind, by range and by key.</summary>
public sealed class SqliteRowSourceTests
{
    private const string Others = """
        CREATE TABLE personas (id INTEGER PRIMARY KEY, user_id, name);
        CREATE TABLE jobs (id INTEGER PRIMARY KEY, user_id, prompt);
        CREATE TABLE media (id INTEGER PRIMARY KEY, user_id, job_id, path);
        """;

    private const string Many = "WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM g WHERE i < 1000) ";

    private static IEnumerable<TestCaseData> Tables()
    {
        yield return Case("dense numbers", "users (id INTEGER PRIMARY KEY, username, email)", "i, 'u' || i, NULL", unique: true, split: true);
        yield return Case("sparse numbers", "users (id INTEGER PRIMARY KEY, username, email)", "i * i * 7919, 'u' || i, NULL", unique: true, split: true);
        yield return Case("text of a column without a type", "users (id PRIMARY KEY, username, email)", "printf('%05d-x', i), 'u' || i, NULL", unique: true, split: true);
        yield return Case("text in a WITHOUT ROWID table", "users (id TEXT PRIMARY KEY, username, email) WITHOUT ROWID", "'k' || i, 'u' || i, NULL", unique: true, split: true);
        yield return Case("a key that does not tell case", "users (id TEXT PRIMARY KEY COLLATE NOCASE, username, email)", "CASE i % 2 WHEN 0 THEN 'K' ELSE 'k' END || i, 'u' || i, NULL", unique: true, split: true);
        yield return Case("numbers, text, reals and NULL in one column", "users (id, username, email); CREATE INDEX ix ON users (id)", "CASE i % 4 WHEN 0 THEN i WHEN 1 THEN 'k' || i WHEN 2 THEN i + 0.5 END, 'u' || i, NULL", unique: false, split: true);
        yield return Case("no index at all", "users (id INTEGER, username, email)", "1001 - i, 'u' || i, NULL", unique: false, split: false);
        yield return Case("many rows of few keys", "users (id INTEGER, username, email); CREATE INDEX ix ON users (id)", "i % 3, 'u' || i, NULL", unique: false, split: true);
        yield return Case("numbers and the same numbers as text", "users (id UNIQUE, username, email)", "CASE WHEN i > 500 THEN CAST(i - 500 AS TEXT) ELSE i END, 'u' || i, NULL", unique: false, split: true);
        yield return Case("text with spaces around it", "users (id TEXT UNIQUE, username, email)", "CASE WHEN i > 500 THEN ' k' || (i - 500) ELSE 'k' || i END, 'u' || i, NULL", unique: false, split: true);
    }

    private static TestCaseData Case(string name, string table, string row, bool unique, bool split) =>
        new TestCaseData($"CREATE TABLE {table}; {Others} {Many} INSERT INTO users SELECT {row} FROM g;", unique, split).SetName($"Ranges cover all rows once: {name}");

    [TestCaseSource(nameof(Tables))]
    public async Task Ranges_cover_all_rows_once(string script, bool unique, bool split)
    {
        using var fixture = await RowsFixture.ScriptedAsync(DatabaseKind.Sqlite, script);
        await using var source = await RowSource.OpenAsync(fixture.Source, CancellationToken.None);
        var users = fixture.Table("users");
        var whole = source.Read(users, KeyRange.All).Select(Name).ToList();
        var ranges = source.Split(users, 100);
        var parts = ranges.SelectMany(range => source.Read(users, range).Select(Name)).ToList();
        var keys = source.Keys(users, KeyRange.All).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(whole, Has.Count.EqualTo(1_000).And.Unique);
            Assert.That(parts, Is.EqualTo(whole), "the same rows in the same order");
            Assert.That(ranges.Count > 1, Is.EqualTo(split));
            Assert.That(ranges.SelectMany(range => source.Keys(users, range)), Is.EqualTo(keys));
            Assert.That(source.HasUniqueKey(users), Is.EqualTo(unique));
        }

        var wanted = keys.Distinct().Where((_, index) => index % 2 == 0).ToHashSet();
        var expected = source.Read(users, KeyRange.All).Where(row => KeyId.Of(row[0]) is { } key && wanted.Contains(key) && row[0] is not string { } text || row[0] is string plain && plain.Trim() == plain && wanted.Contains(KeyId.Of(plain)!.Value)).Select(Name).ToList();
        Assert.That(source.Read(users, [.. wanted, new KeyId(-5, null), new KeyId(0, "nobody")]).Select(Name), Is.EquivalentTo(expected));
    }

    [Test]
    public async Task Values_come_as_they_are_stored()
    {
        using var fixture = await RowsFixture.ScriptedAsync(DatabaseKind.Sqlite, $"""
            CREATE TABLE users (id INTEGER PRIMARY KEY, username, email, hashed_password, settings, created_at, is_active);
            {Others}
            INSERT INTO users VALUES (1, 'é🎨', CAST(x'48E96C' AS TEXT), x'0001', 1.5, '', NULL);
            """);
        await using var source = await RowSource.OpenAsync(fixture.Source, CancellationToken.None);
        using var rows = source.Read(fixture.Table("users"), KeyRange.All).GetEnumerator();
        Assert.That(rows.MoveNext(), Is.True);
        var row = rows.Current;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(row[0], Is.EqualTo(1L));
            Assert.That(row[1], Is.EqualTo("é🎨"));
            Assert.That(((InvalidText)row[2]!).Bytes, Is.EqualTo(new byte[] { 0x48, 0xE9, 0x6C }));
            Assert.That(row[3], Is.EqualTo(new byte[] { 0, 1 }));
            Assert.That(row[4], Is.EqualTo(1.5));
            Assert.That(row[5], Is.EqualTo(""));
            Assert.That(row[6], Is.Null);
            Assert.That(Enumerable.Range(0, 7).Select(ordinal => row.Raw(ordinal).Kind), Is.EqualTo(new[] { RawKind.Integer, RawKind.Text, RawKind.Text, RawKind.Blob, RawKind.Float, RawKind.Text, RawKind.Null }));
            Assert.That(row.Raw(1).Bytes.ToArray(), Is.EqualTo(Encoding.UTF8.GetBytes("é🎨")));
        }

        Assert.That(rows.MoveNext(), Is.False);
        Assert.That(row[1], Is.Null, "a row that is kept too long holds nothing");
    }

    [TestCase("UTF-16le")]
    [TestCase("UTF-16be")]
    public async Task Files_in_UTF_16_give_UTF_8(string encoding)
    {
        using var fixture = await RowsFixture.ScriptedAsync(DatabaseKind.Sqlite, $"""
            PRAGMA encoding = '{encoding}';
            CREATE TABLE users (id TEXT PRIMARY KEY, username, email);
            {Others}
            INSERT INTO users VALUES ('clé', 'é🎨', CAST(x'{(encoding == "UTF-16le" ? "3DD84100" : "D83D0041")}' AS TEXT)), ('z', '', NULL);
            """);
        await using var source = await RowSource.OpenAsync(fixture.Source, CancellationToken.None);
        var users = fixture.Table("users");
        var rows = source.Read(users, [new KeyId(0, "clé")]).Select(row => (row[0], row[1], row[2], Encoding.UTF8.GetString(row.Raw(1).Bytes), row.Raw(2).Kind)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows, Has.Count.EqualTo(1));
            Assert.That(rows[0].Item1, Is.EqualTo("clé"));
            Assert.That(rows[0].Item2, Is.EqualTo("é🎨"));
            Assert.That(rows[0].Item3, Is.InstanceOf<InvalidText>(), "half of a surrogate pair");
            Assert.That(rows[0].Item4, Is.EqualTo("é🎨"));
            Assert.That(rows[0].Item5, Is.EqualTo(RawKind.Blob));
            Assert.That(source.Read(users, KeyRange.All).Select(row => row[1]), Is.EqualTo(new[] { "é🎨", "" }));
        }
    }

    [TestCase("wal")]
    [TestCase("delete")]
    public async Task What_is_written_meanwhile_is_not_seen_and_does_not_wait(string mode)
    {
        using var fixture = await RowsFixture.ScriptedAsync(DatabaseKind.Sqlite, $"PRAGMA journal_mode = {mode}; CREATE TABLE users (id INTEGER PRIMARY KEY, username, email); {Others} {Many} INSERT INTO users SELECT i, 'u' || i, NULL FROM g;");
        await using var source = await RowSource.OpenAsync(fixture.Source, CancellationToken.None);
        var users = fixture.Table("users");
        using var rows = source.Read(users, KeyRange.All).GetEnumerator();
        Assert.That(rows.MoveNext(), Is.True);
        await using (var writer = await fixture.Source.OpenSqliteAsync(SqliteOpenMode.ReadWrite, CancellationToken.None))
        {
            await using var command = writer.CreateCommand();
            command.CommandText = "DELETE FROM users WHERE id > 10; INSERT INTO users VALUES (5000, 'new', NULL)";
            Assert.That(await command.ExecuteNonQueryAsync(), Is.EqualTo(991));
        }

        var left = 1;
        while (rows.MoveNext())
            left++;
        await using var later = await RowSource.OpenAsync(fixture.Source, CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(left, Is.EqualTo(1_000));
            Assert.That(source.Keys(users, KeyRange.All).Count(), Is.EqualTo(1_000));
            Assert.That(later.Keys(users, KeyRange.All).Count(), Is.EqualTo(11));
        }
    }

    [Test]
    public async Task A_source_over_a_connection_leaves_it_open()
    {
        using var fixture = await RowsFixture.ScriptedAsync(DatabaseKind.Sqlite, $"CREATE TABLE users (id INTEGER PRIMARY KEY, username, email); {Others} INSERT INTO users VALUES (1, 'u1', NULL);");
        await using var connection = await fixture.Source.OpenSqliteAsync(SqliteOpenMode.ReadOnly, CancellationToken.None);
        await using (var source = RowSource.Over(connection, DatabaseKind.Sqlite))
            Assert.That(source.Read(fixture.Table("users"), KeyRange.All).Select(Name), Is.EqualTo(new[] { "u1" }));
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM users";
        Assert.That(command.ExecuteScalar(), Is.EqualTo(1L));
    }

    private static string Name(IRawRow row) => (string)row[1]!;
}
