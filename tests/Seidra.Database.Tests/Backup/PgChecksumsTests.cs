namespace Seidra.Database.Tests.Backup;

/// <summary>A table read in ranges of blocks on two connections gives what one reading of the whole gives.</summary>
public sealed class PgChecksumsTests
{
    [TestCase(1)]
    [TestCase(3)]
    [TestCase(1_000_000)]
    public async Task Ranges_of_blocks_add_up_to_the_whole_table(long rangeBlocks)
    {
        var source = await PostgresFixture.CreateDatabaseAsync("""
            CREATE TABLE t AS SELECT i AS id, repeat(md5(i::text), 10) AS note FROM generate_series(1, 5000) i;
            DELETE FROM t WHERE id BETWEEN 100 AND 2000; UPDATE t SET note = 'x' WHERE id % 7 = 0;
            CREATE TABLE none(id int);
            """);
        await using var first = await OpenAsync(source);
        await using var second = await OpenAsync(source);
        var tables = await PgCatalog.TablesAsync(first, CancellationToken.None);
        var whole = new List<BackupTable>();
        foreach (var table in tables)
        {
            var sum = await PgRowHasher.HashAsync(first, table, "", new ProgressTicker(null, 0), CancellationToken.None);
            whole.Add(new BackupTable(table.Display, sum.Rows, sum.Sum));
        }

        var parts = await PgChecksums.ReadAsync([first, second], tables, new ProgressTicker(null, 0), CancellationToken.None, rangeBlocks);

        Assert.That(parts, Is.EqualTo(whole));
        Assert.That(parts.Select(table => table.Rows), Is.EqualTo(new[] { 0, 5000 - 1901 }));
        Assert.That(tables[1].Blocks, Is.GreaterThan(100), "there was something to cut");
    }

    private static async Task<Npgsql.NpgsqlConnection> OpenAsync(DatabaseEndpoint source)
    {
        var connection = await source.OpenPostgresAsync(CancellationToken.None);
        await using var command = new Npgsql.NpgsqlCommand(PgCatalog.CanonicalSettings, connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
