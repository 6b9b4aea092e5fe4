using Seidra.Database.Tests.Migration;

namespace Seidra.Database.Tests.Verification;

/// <summary>A comparison that cannot fail proves nothing: every kind of damage is done and must be named.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.PostgreSql)]
public sealed class RowVerificationTests(DatabaseKind target)
{
    private Stage _stage = null!;

    [SetUp]
    public async Task MoveAsync()
    {
        _stage = await Stage.GeneratedAsync(DatabaseKind.Sqlite, target);
        await _stage.MoveAsync();
    }

    [TearDown]
    public void Remove() => _stage.Dispose();

    private string Time(string at) => target == DatabaseKind.PostgreSql ? $"timestamp '{at}'" : $"'{at}'";

    [Test]
    public async Task A_changed_value_is_named_by_key_and_column()
    {
        var id = (await _stage.TargetAsync("SELECT id FROM generation_jobs ORDER BY id LIMIT 1"))[0]!;
        foreach (var (change, column) in new[]
        {
            ("prompt = 'tampered'", "prompt"), ("progress = 0.123", "progress"), ($"updated_at = {Time("1999-01-01 00:00:00.000001")}", "updated_at"),
            ("is_nsfw = NOT is_nsfw", "is_nsfw"), ("parameters = '{\"width\": 3}'", "parameters"), ("error_message = ''", "error_message"),
        })
        {
            await _stage.ChangeTargetAsync($"UPDATE generation_jobs SET {change} WHERE id = '{id}'");
            var result = await _stage.VerifyAsync();
            using (Assert.EnterMultipleScope())
            {
                Assert.That(result.Differences.Select(difference => (difference.Table, difference.Key, difference.Kind)), Has.All.EqualTo(("generation_jobs", id, RowDifferenceKind.Value)));
                Assert.That(result.Differences.Select(difference => difference.Column), Has.One.EqualTo(column));
                Assert.That(result.Tables.Where(table => !table.ChecksumEqual).Select(table => table.Name), Is.EqualTo(new[] { "generation_jobs" }));
            }
        }
    }

    [Test]
    public async Task A_missing_and_an_extra_row_are_named()
    {
        var gone = (await _stage.TargetAsync("SELECT id FROM media_items ORDER BY id LIMIT 1"))[0]!;
        await _stage.ChangeTargetAsync($"DELETE FROM media_items WHERE id = '{gone}'; INSERT INTO notifications (id, level, title) VALUES ('x', 'info', 't'); INSERT INTO personas (id, user_id, name, style_prompt) VALUES (777777, 2, 'n', 's')");
        var result = await _stage.VerifyAsync();
        var media = result.Tables.Single(table => table.Name == "media_items");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Differences, Is.EquivalentTo(new[]
            {
                new RowDifference("media_items", gone, null, RowDifferenceKind.Missing, null, null),
                new RowDifference("personas", "777777", null, RowDifferenceKind.Extra, null, null),
            }));
            Assert.That(media.SourceRows, Is.EqualTo(media.MigratedRows + media.QuarantinedRows + 1));
        }
    }

    [Test]
    public async Task Rows_swapped_between_two_keys_do_not_cancel_out()
    {
        await _stage.ChangeSourceAsync("UPDATE jobs SET model_name = CASE id % 2 WHEN 0 THEN 'a' ELSE 'b' END");
        await _stage.MoveAsync();
        var ids = new[] { "a", "b" }.Select(model => _stage.TargetValueAsync($"SELECT min(id) FROM generation_jobs WHERE model_name = '{model}'").Result).ToList();
        await _stage.ChangeTargetAsync($"UPDATE generation_jobs SET model_name = CASE id WHEN '{ids[0]}' THEN 'b' ELSE 'a' END WHERE id IN ('{ids[0]}', '{ids[1]}')");
        Assert.That((await _stage.VerifyAsync()).Differences.Select(difference => difference.Key), Is.EquivalentTo(ids));
    }

    [Test]
    public async Task A_row_that_vanished_from_the_quarantine_is_named()
    {
        await _stage.ChangeTargetAsync("DELETE FROM seidra_cutover_quarantine WHERE table_name = 'media_items' AND reason = 'missing-value'");
        var result = await _stage.VerifyAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Differences, Is.Not.Empty.And.All.Matches<RowDifference>(difference => difference is { Table: "media_items", Kind: RowDifferenceKind.Quarantine, Expected: "missing-value", Found: null }));
            Assert.That(result.Tables.Single(table => table.Name == "media_items").ChecksumEqual, Is.False);
        }
    }

    [Test]
    public async Task A_write_in_Classic_after_the_last_catch_up_is_counted_and_not_called_a_difference()
    {
        await _stage.ChangeSourceAsync("UPDATE users SET is_active = 1 - is_active WHERE id = 2");
        var late = await _stage.VerifyAsync();
        Assert.That((late.Waiting, late.Differences.Count), Is.EqualTo((1, 0)));
        await _stage.MoveAsync();
        var settled = await _stage.VerifyAsync();
        Assert.That((settled.Waiting, settled.Differences.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task The_same_JSON_written_with_other_spaces_and_order_is_equal()
    {
        await _stage.ChangeTargetAsync("""UPDATE generation_jobs SET metadata = '{ "classic_id": 101,  "style": null, "quality": "high" }' WHERE CAST(metadata AS text) LIKE '%"classic_id":101}'""");
        Assert.That(await _stage.TargetAsync("SELECT id FROM generation_jobs WHERE CAST(metadata AS text) LIKE '{ %'"), Has.Count.EqualTo(1));
        var result = await _stage.VerifyAsync();
        Assert.That((result.Differences.Count, result.Tables.All(table => table.ChecksumEqual)), Is.EqualTo((0, true)));
    }

    [Test]
    public async Task Passwords_are_not_shown()
    {
        await _stage.ChangeTargetAsync("UPDATE users SET hashed_password = 'tampered' WHERE id = 2");
        var difference = (await _stage.VerifyAsync()).Differences.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((difference.Column, difference.Expected, difference.Found), Is.EqualTo(("hashed_password", (string?)null, (string?)null)));
            Assert.That(difference.ToString(), Does.Not.Contain("tampered").And.Not.Contain("$2b$"));
        }
    }

    [Test]
    public async Task A_whole_table_of_other_rows_gives_a_bounded_list()
    {
        await _stage.ChangeTargetAsync("UPDATE generation_jobs SET model_name = 'other'");
        await _stage.ChangeTargetAsync("UPDATE personas SET description = 'other'");
        var result = await _stage.VerifyAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Differences, Has.Count.EqualTo(100));
            Assert.That(result.Tables.Where(table => !table.ChecksumEqual).Select(table => table.Name), Is.EqualTo(new[] { "personas", "generation_jobs" }));
        }
    }

    [Test]
    public async Task What_a_tried_backend_changed_or_deleted_is_written_again_by_the_next_pass()
    {
        await _stage.ChangeTargetAsync("UPDATE media_items SET mime_type = 'x/y' WHERE id = (SELECT min(id) FROM media_items)");
        await _stage.ChangeTargetAsync("DELETE FROM media_items WHERE id = (SELECT max(id) FROM media_items)");
        await _stage.ChangeTargetAsync("UPDATE generation_jobs SET status = 'pending' WHERE status = 'failed'");
        var lines = new List<string>();
        _stage.Options = _stage.Options with { Log = lines.Add };
        var result = await _stage.MoveAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Tables, Has.All.Property("ChecksumEqual").True);
            Assert.That(lines, Has.Some.EndsWith("they are written again"));
            Assert.That((await _stage.VerifyAsync()).Differences, Is.Empty);
            Assert.That((await _stage.MoveAsync()).Changed, Is.Zero);
        }
    }

    [Test]
    public async Task Without_reading_back_no_checksum_is_called_equal()
    {
        _stage.Options = _stage.Options with { ReadBack = false };
        Assert.That((await _stage.MoveAsync()).Tables, Has.All.Property("ChecksumEqual").False);
    }

    [Test]
    public void A_database_without_a_migration_is_told_and_left_alone() =>
        Assert.That(
            async () => await RowVerification.RunAsync(_stage.Source, _stage.Source, await _stage.PlanAsync(), _stage.Options),
            Throws.TypeOf<DatabaseException>().With.Message.Contains("no ledger"));

    [Test]
    public async Task Media_rows_are_read_with_their_rewritten_paths()
    {
        var rows = await MediaRows.ReadAsync(_stage.Target).ToListAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(rows, Has.Count.EqualTo(int.Parse((await _stage.TargetValueAsync("SELECT count(*) FROM media_items"))!)));
            Assert.That(rows, Has.All.Matches<MediaRow>(row => row.FilePath.StartsWith("/srv/media/", StringComparison.Ordinal)));
            Assert.That(async () => await MediaRows.ReadAsync(_stage.Source).ToListAsync(), Throws.TypeOf<DatabaseException>());
        }
    }
}
