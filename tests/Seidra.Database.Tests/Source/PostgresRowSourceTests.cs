using System.Globalization;
using Npgsql;
using Seidra.Database.Tests.Rows;

namespace Seidra.Database.Tests.Source;

/// <summary>Rows of PostgreSQL tables of every kind, by range and by key.</summary>
public sealed class PostgresRowSourceTests
{
    private const string Others = """
        CREATE TABLE personas (id serial PRIMARY KEY, user_id int, name text);
        CREATE TABLE jobs (id serial PRIMARY KEY, user_id int, prompt text);
        CREATE TABLE media (id serial PRIMARY KEY, user_id int, job_id int, path text);
        """;

    private static IEnumerable<TestCaseData> Tables()
    {
        yield return Case("dense numbers", "id int PRIMARY KEY", "i", unique: true, split: true);
        yield return Case("sparse numbers", "id bigint PRIMARY KEY", "i::bigint * i * 7919 - 4000", unique: true, split: true);
        yield return Case("small numbers", "id smallint UNIQUE", "CASE WHEN i % 10 > 0 THEN i END", unique: true, split: true);
        yield return Case("text", "id varchar(40) PRIMARY KEY", "'Key-' || i", unique: true, split: true);
        yield return Case("UUIDs", "id uuid PRIMARY KEY", "md5(i::text)::uuid", unique: true, split: true);
        yield return Case("text that has quotes and backslashes", "id text PRIMARY KEY", "i || '''\"\\{,}é'", unique: false, split: true);
        yield return Case("fractions", "id numeric PRIMARY KEY", "i + 0.5", unique: true, split: true);
        yield return Case("no index at all", "id int", "1001 - i", unique: false, split: false);
        yield return Case("text without an index", "id text", "'k' || i % 300", unique: false, split: false);
        yield return Case("many rows of few keys and of none", "id int, id2 int; CREATE INDEX ON users (id)", "CASE WHEN i % 4 > 0 THEN i % 4 END", unique: false, split: true);
    }

    private static TestCaseData Case(string name, string key, string value, bool unique, bool split)
    {
        var parts = key.Split(';');
        return new TestCaseData($"CREATE TABLE users ({parts[0]}, username text, email text); {string.Join(';', parts.Skip(1))}; {Others} INSERT INTO users (id, username) SELECT {value}, 'u' || i FROM generate_series(1, 1000) i;", unique, split)
            .SetName($"Ranges cover all rows once: {name}");
    }

    [TestCaseSource(nameof(Tables))]
    public async Task Ranges_cover_all_rows_once(string script, bool unique, bool split)
    {
        using var fixture = await RowsFixture.ScriptedAsync(DatabaseKind.PostgreSql, script, "users.id2");
        await using var source = await RowSource.OpenAsync(fixture.Source, CancellationToken.None);
        var users = fixture.Table("users");
        var name = users.SourceColumns.ToList().FindIndex(column => column.Name == "username");
        string Name(IRawRow row) => (string)row[name]!;
        var whole = source.Read(users, KeyRange.All).Select(Name).ToList();
        var ranges = source.Split(users, 100);
        var keys = source.Keys(users, KeyRange.All).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(whole, Has.Count.EqualTo(1_000).And.Unique);
            Assert.That(ranges.SelectMany(range => source.Read(users, range).Select(Name)), Is.EqualTo(whole), "the same rows in the same order");
            Assert.That(ranges.Count > 1, Is.EqualTo(split));
            Assert.That(ranges.SelectMany(range => source.Keys(users, range)), Is.EqualTo(keys));
            Assert.That(source.HasUniqueKey(users), Is.EqualTo(unique));
        }

        var wanted = keys.Distinct().Where((_, index) => index % 2 == 0).ToHashSet();
        var expected = source.Read(users, KeyRange.All).Where(row => KeyId.Of(row[0]) is { } key && wanted.Contains(key)).Select(Name).ToList();
        Assert.That(expected, Has.Count.GreaterThan(100));
        Assert.That(source.Read(users, [.. wanted, new KeyId(-5_000_000, null), new KeyId(0, "nobody")]).Select(Name), Is.EquivalentTo(expected));
    }

    [Test]
    public async Task Every_type_reads_as_PostgreSQL_s_own_text()
    {
        using var fixture = await RowsFixture.ScriptedAsync(DatabaseKind.PostgreSql, $$"""
            CREATE TYPE mood AS ENUM ('sad', 'ok'); CREATE DOMAIN small AS int CHECK (VALUE < 10);
            CREATE TABLE users (id int PRIMARY KEY, username text, email varchar(100), hashed_password char(8), is_active boolean, settings json, created_at timestamptz);
            CREATE TABLE personas (id bigint PRIMARY KEY, user_id smallint, name mood, description numeric(20, 5), style_prompt real, negative_prompt bytea, lora_models text[], tags jsonb, avatar_url uuid, created_at timestamp, updated_at timestamp(3));
            CREATE TABLE jobs (id serial PRIMARY KEY, user_id small, persona_id int, prompt interval, progress double precision, created_at date, updated_at time, completed_at timestamp);
            CREATE TABLE media (id serial PRIMARY KEY, user_id int, job_id int, path text);
            INSERT INTO users VALUES (1, 'é🎨', 'a', 'x  ', true, '{"a" :  1}', '2023-03-01 10:00:00.5+02'), (2, NULL, '', '', false, NULL, 'infinity'), (3, '', NULL, NULL, NULL, '[]', '0044-03-15 00:00:00+00 BC'), (4, '4', '4', '4', NULL, '{}', '12023-01-01 00:00:00.000001+00');
            INSERT INTO personas VALUES (1, -5, 'sad', 1.50000, 0.1, '\xdeadbeef', '{a,"b c",NULL}', '{"b": 1, "a":2}', md5('x')::uuid, '2023-03-01 10:00:00.123456', '2023-03-01 10:00:00.123456'), (2, NULL, NULL, 1e10, 1e20, '', '{}', '[]', NULL, '-infinity', '1999-12-31 23:59:59.9999');
            INSERT INTO jobs (user_id, prompt, progress, created_at, updated_at, completed_at) VALUES (1, '1 day 2 hours', 0.1, '2023-03-01', '10:00', '0001-01-01'), (2, NULL, 1e15, NULL, NULL, NULL), (3, NULL, 1e-5, NULL, NULL, NULL), (4, NULL, 'NaN', NULL, NULL, NULL), (5, NULL, '-Infinity', NULL, NULL, NULL), (6, NULL, '-0', NULL, NULL, NULL), (7, NULL, 123456789.123, NULL, NULL, NULL), (8, NULL, 100000000000000, NULL, NULL, NULL), (9, NULL, 1.7976931348623157e308, NULL, NULL, NULL), (9, NULL, 0.0001, NULL, NULL, NULL), (9, NULL, -1234567890123456, NULL, NULL, NULL), (9, NULL, 12345678901234567, NULL, NULL, NULL), (9, NULL, 999999999999999, NULL, NULL, NULL);
            """);
        await using var source = await RowSource.OpenAsync(fixture.Source, CancellationToken.None);
        foreach (var table in fixture.Plan.Tables.Where(table => table.Derived is null))
        {
            var columns = Enumerable.Range(0, table.SourceColumns.Count).ToList();
            var expected = await TextAsync(fixture.Source, table);
            Assert.That(source.Read(table, KeyRange.All).Select(row => columns.Select(column => row[column]).ToArray()), Is.EqualTo(expected), table.Source);
        }
    }

    /// <summary>All values as the server writes them, but for the key, which is a number.</summary>
    private static async Task<List<object?[]>> TextAsync(DatabaseEndpoint source, TablePlan table)
    {
        await using var connection = await source.OpenPostgresAsync(CancellationToken.None);
        var columns = table.SourceColumns.Select(column => column.Type.EndsWith("[]", StringComparison.Ordinal) ? $"array_to_json({column.Name})::text" : $"{column.Name}::text");
        await using var command = new NpgsqlCommand(
            $"SET datestyle = 'ISO, YMD'; SET timezone = 'UTC'; SET extra_float_digits = 3; SET intervalstyle = 'iso_8601'; SET bytea_output = 'hex'; SELECT {string.Join(", ", columns)} FROM {table.Source} source ORDER BY source.id", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(field =>
                reader.IsDBNull(field) ? null : field == table.Binding.Key ? long.Parse(reader.GetString(field), CultureInfo.InvariantCulture) : (object)reader.GetString(field))]);
        }

        return rows;
    }

    [Test]
    public async Task Kinds_are_those_of_the_types()
    {
        using var fixture = await RowsFixture.ScriptedAsync(DatabaseKind.PostgreSql, $"CREATE TABLE users (id int PRIMARY KEY, username text, is_active boolean, settings json, created_at timestamptz, email float8); {Others} INSERT INTO users VALUES (1, 'u', true, '{{}}', '2000-01-01 00:00:01+00', 1.5), (2, NULL, false, NULL, 'infinity', NULL);");
        await using var source = await RowSource.OpenAsync(fixture.Source, CancellationToken.None);
        var rows = source.Read(fixture.Table("users"), KeyRange.All).Select(row => (Kinds: Enumerable.Range(0, 6).Select(ordinal => row.Raw(ordinal).Kind).ToList(), row.Raw(4).Number, row.Raw(2).Number)).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows[0].Kinds, Is.EqualTo(new[] { RawKind.Integer, RawKind.Text, RawKind.Boolean, RawKind.Text, RawKind.Timestamp, RawKind.Float }));
            Assert.That(rows[0].Item2, Is.EqualTo(1_000_000));
            Assert.That(rows[0].Item3, Is.EqualTo(1));
            Assert.That(rows[1].Kinds, Is.EqualTo(new[] { RawKind.Integer, RawKind.Null, RawKind.Boolean, RawKind.Null, RawKind.Text, RawKind.Null }));
        }
    }

    [Test]
    public async Task What_is_written_meanwhile_is_not_seen()
    {
        using var fixture = await RowsFixture.ScriptedAsync(DatabaseKind.PostgreSql, $"CREATE TABLE users (id int PRIMARY KEY, username text, email text); {Others} INSERT INTO users SELECT i, repeat('x', 2000) || i, NULL FROM generate_series(1, 2000) i;");
        await using var source = await RowSource.OpenAsync(fixture.Source, CancellationToken.None);
        await PostgresFixture.ExecuteAsync(fixture.Source, "DELETE FROM users WHERE id > 10; INSERT INTO users VALUES (5000, 'new', NULL)");
        var users = fixture.Table("users");
        await using var later = await RowSource.OpenAsync(fixture.Source, CancellationToken.None);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(source.Read(users, KeyRange.All).Count(row => ((string)row[1]!).StartsWith('x')), Is.EqualTo(2_000));
            Assert.That(later.Read(users, KeyRange.All).Count(), Is.EqualTo(11));
            Assert.That(source.Read(users, KeyRange.All).First()[0], Is.EqualTo(1L), "a reading that is left early does no harm");
            Assert.That(source.Keys(users, new KeyRange("i:1990", null)).Count(), Is.EqualTo(10));
        }
    }

    [Test]
    public async Task A_value_larger_than_the_buffer_comes_whole()
    {
        using var fixture = await RowsFixture.ScriptedAsync(DatabaseKind.PostgreSql, $"CREATE TABLE users (id int PRIMARY KEY, username text, email text); {Others} INSERT INTO users SELECT i, repeat('é', 300000 * i), i FROM generate_series(1, 4) i;");
        await using var source = await RowSource.OpenAsync(fixture.Source, CancellationToken.None);
        var lengths = source.Read(fixture.Table("users"), KeyRange.All).Select(row => (((string)row[1]!).Length, (string)row[2]!)).ToList();
        Assert.That(lengths, Is.EqualTo(new[] { (300_000, "1"), (600_000, "2"), (900_000, "3"), (1_200_000, "4") }));
    }
}
