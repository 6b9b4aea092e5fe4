using Microsoft.Data.Sqlite;

namespace Seidra.Database.Tests.Migration;

/// <summary>What is said before anything moves.</summary>
public sealed class MigrationPlannerTests
{
    private const string Minimal = """
        CREATE TABLE users (id integer PRIMARY KEY, username text, email text, hashed_password text);
        CREATE TABLE personas (id integer PRIMARY KEY, user_id integer, name text);
        CREATE TABLE jobs (id integer PRIMARY KEY, user_id integer, prompt text);
        CREATE TABLE media (id integer PRIMARY KEY, user_id integer, job_id integer, path text);
        """;

    [TestCase(DatabaseKind.Sqlite)]
    [TestCase(DatabaseKind.PostgreSql)]
    public async Task Unmapped_columns_and_tables_are_all_named_unless_accepted(DatabaseKind kind)
    {
        using var stage = await Stage.ScriptedAsync(kind, DatabaseKind.Sqlite, Minimal + "ALTER TABLE jobs ADD COLUMN legacy_col text; ALTER TABLE jobs ADD COLUMN text text; CREATE TABLE coupons (id integer);");
        var error = Assert.ThrowsAsync<DatabaseException>(() => stage.PlanAsync());
        var accepted = await stage.PlanAsync(new PlanOptions { AcceptUnmapped = ["jobs.legacy_col", "jobs.text", "coupons"] });
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error.Problems.Select(problem => problem.Split(' ')[0]), Is.EqualTo(new[] { "jobs.legacy_col", "jobs.text", "coupons" }));
            Assert.That(accepted.Unmapped, Is.EqualTo(new[] { "jobs.legacy_col", "jobs.text", "coupons" }));
            Assert.That(accepted.Shape, Is.EqualTo(ClassicShape.Classic));
        }
    }

    [Test]
    public async Task A_missing_column_names_what_was_looked_for_and_what_is_there()
    {
        using var stage = await Stage.ScriptedAsync(DatabaseKind.Sqlite, DatabaseKind.Sqlite, Minimal.Replace("path text", "wo text", StringComparison.Ordinal));
        var error = Assert.ThrowsAsync<DatabaseException>(() => stage.PlanAsync());
        Assert.That(error.Problems[0], Does.Contain("media_items.file_path").And.Contain("object_key").And.Contain("id, user_id, job_id, wo").And.Contain("schema.map"));
    }

    [Test]
    public async Task A_map_of_ones_own_finds_what_the_built_in_one_does_not()
    {
        using var stage = await Stage.ScriptedAsync(DatabaseKind.Sqlite, DatabaseKind.Sqlite, Minimal.Replace("path text", "wo text, grund text", StringComparison.Ordinal) + "INSERT INTO users VALUES (2, 'a', 'a@x', 'h'); INSERT INTO jobs VALUES (1, 2, 'p'); INSERT INTO media VALUES (1, 2, 1, 'a.png', 'weil');");
        var map = Seidra.Database.SchemaMap.Parse("tables: { media_items: { columns: { file_path: { from: [wo] } }, extras: { reason: { from: [grund] } } } }", "own.yaml");
        var plan = await MigrationPlanner.PlanAsync(stage.Source, map);
        await DatabaseMigration.RunAsync(stage.Source, stage.Target, plan, stage.Options);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await stage.TargetValueAsync("SELECT metadata FROM media_items"), Is.EqualTo("""{"reason":"weil","classic_id":1}"""));
            Assert.That(plan.Tables.Single(table => table.Target == "media_items").Columns, Has.Some.Matches<ColumnPlan>(column => column is { Target: "metadata.reason", Conversion: "extra" } && column.Sources.SequenceEqual(["grund"])));
        }
    }

    [Test]
    public async Task A_database_that_is_no_Classic_is_named()
    {
        using var stage = await Stage.ScriptedAsync(DatabaseKind.Sqlite, DatabaseKind.Sqlite, "CREATE TABLE invoices (id integer)");
        Assert.That(() => stage.PlanAsync(), Throws.TypeOf<DatabaseException>().With.Message.Contains("invoices").And.Message.Contains("classic.database.url"));
    }

    [Test]
    public async Task A_target_without_Ultimates_tables_is_refused()
    {
        using var stage = await Stage.ScriptedAsync(DatabaseKind.Sqlite, DatabaseKind.Sqlite, Minimal);
        var plan = await stage.PlanAsync();
        Assert.That(() => DatabaseMigration.RunAsync(stage.Source, stage.Source, plan, stage.Options), Throws.TypeOf<DatabaseException>().With.Message.Contains("table generation_jobs is missing"));
    }

    [Test]
    public async Task Keys_that_are_no_keys_get_a_verdict_per_row()
    {
        using var stage = await Stage.ScriptedAsync(DatabaseKind.Sqlite, DatabaseKind.PostgreSql, """
            CREATE TABLE users (id, username, email, hashed_password);
            CREATE TABLE personas (id, user_id, name);
            CREATE TABLE jobs (id, user_id, prompt);
            CREATE TABLE media (id, user_id, job_id, path);
            INSERT INTO users VALUES (2, 'a', 'a@x', 'h'), (2, 'b', 'b@x', 'h'), ('2', 'c', 'c@x', 'h'), (NULL, 'd', 'd@x', 'h'), (NULL, 'e', 'e@x', 'h'), ('zwei', 'f', 'f@x', 'h'), (99999999999, 'g', 'g@x', 'h'), ('9', 'h', 'h@x', 'h'), ('10', 'i', 'i@x', 'h'), (2.5, 'j', 'j@x', 'h'), (x'00FF', 'k', 'k@x', 'h');
            INSERT INTO jobs VALUES ('eins', '2', 'p'), ('A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', 2.0, 'q'), (char(0) || 'x', 99999999999, 'r'), (x'00FF', 9, 's');
            """);
        var result = await stage.MoveAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await stage.TargetAsync("SELECT username FROM users ORDER BY username"), Is.EqualTo(new[] { "a", "g", "h", "i" }));
            Assert.That(await stage.TargetAsync("SELECT reason FROM seidra_cutover_quarantine WHERE table_name = 'users' ORDER BY reason"), Is.EqualTo(new[] { "duplicate-key", "duplicate-key", "key-not-integer", "key-not-integer", "missing-key", "missing-key", "missing-key" }));
            Assert.That(await stage.TargetAsync("SELECT prompt FROM generation_jobs ORDER BY prompt"), Is.EqualTo(new[] { "p", "q" }));
            Assert.That(await stage.TargetValueAsync("SELECT id FROM generation_jobs WHERE prompt = 'q'"), Is.EqualTo("A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11"));
            Assert.That(result.Tables.Sum(table => table.SourceRows), Is.EqualTo(15));
            Assert.That((await stage.VerifyAsync()).Differences, Is.Empty);
            Assert.That((await stage.MoveAsync()).Changed, Is.Zero);
        }
    }

    [Test]
    public async Task A_UTF16_file_is_read()
    {
        using var folder = new TempFolder();
        var source = DatabaseEndpoint.Parse($"sqlite://{folder["classic.db"]}");
        await using (var file = await source.OpenSqliteAsync(SqliteOpenMode.ReadWriteCreate, CancellationToken.None))
            await Stage.ExecuteAsync(file, "PRAGMA encoding = 'UTF-16le';" + Minimal + "INSERT INTO users VALUES (2, 'Amélie 🎨', 'a@x', 'h')");
        using var stage = await Stage.ScriptedAsync(DatabaseKind.Sqlite, DatabaseKind.PostgreSql, Minimal);
        await DatabaseMigration.RunAsync(source, stage.Target, await MigrationPlanner.PlanAsync(source, Seidra.Database.SchemaMap.Default), stage.Options);
        Assert.That(await stage.TargetValueAsync("SELECT username FROM users"), Is.EqualTo("Amélie 🎨"));
    }
}
