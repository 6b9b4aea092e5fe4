namespace Seidra.Database.Tests.Migration;

/// <summary>Passes after the first: only what differs is touched, and the end is as if all had been moved at once.</summary>
public sealed class CatchUpTests
{
    private static IEnumerable<TestCaseData> Pairs() =>
        from source in Enum.GetValues<DatabaseKind>()
        from target in Enum.GetValues<DatabaseKind>()
        select new TestCaseData(source, target);

    [TestCaseSource(nameof(Pairs))]
    public async Task Inserts_updates_and_deletes_follow(DatabaseKind source, DatabaseKind target)
    {
        using var stage = await Stage.GeneratedAsync(source, target);
        await stage.MoveAsync();
        await stage.ChangeSourceAsync("UPDATE jobs SET prompt = 'changed' WHERE id IN (101, 102)");
        var aside = await stage.TargetAsync("SELECT source_key FROM seidra_cutover_quarantine WHERE table_name = 'media_items'");
        var placed = (await stage.SourceAsync("SELECT id FROM media ORDER BY id")).Except(aside).ToList();
        var before = (await stage.TargetValueAsync("SELECT count(*) FROM media_items"))!;
        await stage.ChangeSourceAsync($"DELETE FROM media WHERE id IN ({placed[0]}, {placed[1]})");
        await stage.ChangeSourceAsync("INSERT INTO jobs (id, user_id, prompt, status, model_name) VALUES (5000, 2, 'new', 'pending', 'm')");
        var pass = await stage.MoveAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pass.Changed, Is.EqualTo(5));
            Assert.That((pass.Copied, pass.Followed.Written, pass.Followed.Removed, pass.Followed.Verified), Is.EqualTo((0, 3, 2, 5)));
            Assert.That(await stage.TargetValueAsync("SELECT count(*) FROM media_items"), Is.EqualTo((int.Parse(before) - 2).ToString()));
            Assert.That(await stage.TargetValueAsync("SELECT count(*) FROM generation_jobs WHERE prompt = 'changed'"), Is.EqualTo("2"));
            Assert.That((await stage.VerifyAsync()).Differences, Is.Empty);
        }
    }

    [TestCaseSource(nameof(Pairs))]
    public async Task A_user_that_goes_takes_rows_along_without_breaking_keys(DatabaseKind source, DatabaseKind target)
    {
        using var stage = await Stage.GeneratedAsync(source, target);
        await stage.MoveAsync();
        var orphans = int.Parse((await stage.SourceAsync("SELECT count(*) FROM jobs WHERE user_id = 3")).Single()!);
        await stage.ChangeSourceAsync("DELETE FROM users WHERE id = 3");
        var pass = await stage.MoveAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(orphans, Is.GreaterThan(0));
            Assert.That(await stage.TargetAsync("SELECT id FROM users WHERE id = 3"), Is.Empty);
            Assert.That(pass.Followed.Removed, Is.GreaterThan(orphans), "the user, their jobs, and what hangs on those");
            Assert.That(await stage.TargetAsync("SELECT id FROM generation_jobs WHERE user_id = 3"), Is.Empty);
            Assert.That((await stage.VerifyAsync()).Differences, Is.Empty);
        }
    }

    [TestCaseSource(nameof(Pairs))]
    public async Task A_parent_that_comes_back_takes_its_rows_out_of_quarantine(DatabaseKind source, DatabaseKind target)
    {
        using var stage = await Stage.GeneratedAsync(source, target);
        await stage.ChangeSourceAsync("UPDATE personas SET user_id = 7777 WHERE id = 3");
        var before = await stage.MoveAsync();
        await stage.ChangeSourceAsync("INSERT INTO users (id, username, email, hashed_password) VALUES (7777, 'late', 'late@exemple.fr', 'h')");
        var after = await stage.MoveAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(after.QuarantinedByReason["orphan-reference"], Is.EqualTo(before.QuarantinedByReason["orphan-reference"] - 1));
            Assert.That(await stage.TargetValueAsync("SELECT user_id FROM personas WHERE id = 3"), Is.EqualTo("7777"));
            Assert.That((await stage.VerifyAsync()).Differences, Is.Empty);
        }
    }

    [TestCaseSource(nameof(Pairs))]
    public async Task Two_users_swap_their_names_and_addresses(DatabaseKind source, DatabaseKind target)
    {
        using var stage = await Stage.GeneratedAsync(source, target);
        await stage.MoveAsync();
        var (second, fifth) = ((await stage.SourceAsync("SELECT username FROM users WHERE id = 2")).Single(), (await stage.SourceAsync("SELECT username FROM users WHERE id = 5")).Single());
        await stage.ChangeSourceAsync($"UPDATE users SET username = CASE id WHEN 2 THEN '{fifth}' ELSE '{second}' END, email = CASE id WHEN 2 THEN '{fifth}@exemple.fr' ELSE '{second}@exemple.fr' END WHERE id IN (2, 5)");
        await stage.MoveAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await stage.TargetValueAsync("SELECT username FROM users WHERE id = 2"), Is.EqualTo(fifth));
            Assert.That(await stage.TargetValueAsync("SELECT username FROM users WHERE id = 5"), Is.EqualTo(second));
            Assert.That((await stage.VerifyAsync()).Differences, Is.Empty);
        }
    }

    [TestCaseSource(nameof(Pairs))]
    public async Task A_new_user_of_the_number_that_a_moved_user_got_moves_too(DatabaseKind source, DatabaseKind target)
    {
        using var stage = await Stage.GeneratedAsync(source, target);
        await stage.MoveAsync();
        var moved = await stage.TargetValueAsync("SELECT target_key FROM seidra_cutover_keys WHERE table_name = 'users' AND source_key = '1'");
        await stage.ChangeSourceAsync($"INSERT INTO users (id, username, email, hashed_password) VALUES ({moved}, 'late', 'late@exemple.fr', 'h')");
        await stage.MoveAsync();
        await stage.MoveAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await stage.TargetValueAsync("SELECT target_key FROM seidra_cutover_keys WHERE table_name = 'users' AND source_key = '1'"), Is.EqualTo(moved));
            Assert.That(await stage.TargetValueAsync("SELECT id FROM users WHERE username = 'late'"), Is.Not.EqualTo(moved));
            Assert.That((await stage.VerifyAsync()).Differences, Is.Empty);
        }
    }

    [TestCase(DatabaseKind.Sqlite)]
    [TestCase(DatabaseKind.PostgreSql)]
    public async Task Rows_that_are_not_Classics_stop_the_pass_before_it_changes_anything(DatabaseKind target)
    {
        using var stage = await Stage.GeneratedAsync(DatabaseKind.Sqlite, target);
        await stage.ChangeTargetAsync("INSERT INTO users (id, username, email, hashed_password) VALUES (70, 'autre', 'autre@exemple.fr', 'h'), (71, 'autre2', 'autre2@exemple.fr', 'h')");
        var refused = Assert.ThrowsAsync<DatabaseException>(stage.MoveAsync);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(refused.Problems, Is.EqualTo(new[] { "users: 2 rows" }));
            Assert.That(await stage.TargetValueAsync("SELECT count(*) FROM personas"), Is.EqualTo("0"));
        }
    }

    [TestCase(DatabaseKind.Sqlite)]
    [TestCase(DatabaseKind.PostgreSql)]
    public async Task The_demo_account_that_Ultimate_made_itself_stays(DatabaseKind target)
    {
        using var stage = await Stage.GeneratedAsync(DatabaseKind.Sqlite, target, Seidra.Sandbox.Data.ClassicShape.ClassicEnriched);
        await DemoAccount.EnsureAsync(stage.Target);
        await DemoAccount.SetPasswordAsync(stage.Target, "demo", "a-password-of-the-operator");
        await stage.ChangeTargetAsync("INSERT INTO nsfw_settings (user_id) VALUES (1)");
        await stage.MoveAsync();
        await stage.MoveAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await DemoAccount.HashMatchesAsync(stage.Target, "demo", "a-password-of-the-operator"), Is.True);
            Assert.That(await stage.TargetValueAsync("SELECT count(*) FROM nsfw_settings WHERE user_id = 1"), Is.EqualTo("1"));
            Assert.That(await stage.TargetValueAsync("SELECT target_key FROM seidra_cutover_keys WHERE table_name = 'users' AND source_key = '5'"), Is.EqualTo("1"));
            Assert.That((await stage.VerifyAsync()).Differences, Is.Empty);
        }
    }

    [TestCase(DatabaseKind.Sqlite)]
    [TestCase(DatabaseKind.PostgreSql)]
    public async Task A_user_renamed_to_the_demo_account_and_back_takes_the_rows_along(DatabaseKind target)
    {
        using var stage = await Stage.GeneratedAsync(DatabaseKind.Sqlite, target);
        await stage.MoveAsync();
        var rows = await stage.TargetValueAsync("SELECT count(*) FROM generation_jobs WHERE user_id = 5");
        await stage.ChangeSourceAsync("UPDATE users SET username = 'demo', email = 'demo@seidra.ai' WHERE id = 5");
        await stage.MoveAsync();
        Assert.That(await stage.TargetValueAsync("SELECT count(*) FROM generation_jobs WHERE user_id = 1"), Is.EqualTo(rows).And.Not.EqualTo("0"));
        Assert.That((await stage.VerifyAsync()).Differences, Is.Empty);
        await stage.ChangeSourceAsync("UPDATE users SET username = 'elle', email = 'elle@exemple.fr' WHERE id = 5");
        await stage.MoveAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await stage.TargetValueAsync("SELECT count(*) FROM generation_jobs WHERE user_id = 5"), Is.EqualTo(rows));
            Assert.That(await stage.TargetValueAsync("SELECT username FROM users WHERE id = 1"), Is.EqualTo("demo"), "the account stays Ultimate's");
            Assert.That((await stage.VerifyAsync()).Differences, Is.Empty);
        }
    }

    [Test]
    public async Task A_new_media_directory_rewrites_the_paths()
    {
        using var stage = await Stage.GeneratedAsync(DatabaseKind.Sqlite, DatabaseKind.Sqlite);
        await stage.MoveAsync();
        stage.Options = stage.Options with { MapMediaPath = path => $"/elsewhere/{path.Split('/')[^1]}", MediaMapVersion = "2" };
        var pass = await stage.MoveAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(pass.Copied, Is.EqualTo(pass.Tables.Sum(table => table.SourceRows)), "all rows are copied again");
            Assert.That(await stage.TargetAsync("SELECT file_path FROM media_items WHERE file_path LIKE '/srv%'"), Is.Empty);
            Assert.That((await stage.VerifyAsync()).Differences, Is.Empty);
        }
    }

    [Test]
    public async Task A_source_without_WAL_is_read_beside_a_writer()
    {
        using var stage = await Stage.GeneratedAsync(DatabaseKind.Sqlite, DatabaseKind.Sqlite);
        await stage.ChangeSourceAsync("PRAGMA journal_mode = DELETE");
        await using var snapshot = await RowSource.OpenAsync(stage.Source, CancellationToken.None);
        var users = (await stage.PlanAsync()).Tables[0];
        var rows = 0;
        foreach (var _ in snapshot.Read(users, KeyRange.All))
        {
            // In rollback-journal mode an open reader would keep this from committing.
            if (rows++ == 0)
                await stage.ChangeSourceAsync("UPDATE users SET username = 'written meanwhile' WHERE id = 2");
        }

        Assert.That(rows, Is.EqualTo(users.Rows));
    }
}
