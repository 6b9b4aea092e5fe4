using Seidra.Database.Tests.Backup;

namespace Seidra.Database.Tests.Ultimate;

[TestFixture(DatabaseKind.PostgreSql)]
[TestFixture(DatabaseKind.Sqlite)]
public sealed class UltimateSchemaTests(DatabaseKind kind)
{
    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task The_schema_is_made_stamped_and_without_differences()
    {
        var target = await EmptyAsync();

        var made = await UltimateSchema.CreateAsync(target);
        var verified = await UltimateSchema.VerifyAsync(target);

        Assert.Multiple(() =>
        {
            Assert.That((made.Tables, made.Columns, made.Indexes, made.Revision), Is.EqualTo((9, 110, 17, "20241009_0003")));
            Assert.That(verified.Differences, Is.Empty);
        });
        Assert.That((await AlembicInspector.InspectAsync(target)).Shape, Is.EqualTo(ClassicShape.UltimateTables));
    }

    [Test]
    public async Task Made_twice_and_by_two_at_once_it_is_made_once()
    {
        var target = await EmptyAsync();

        var both = await Task.WhenAll(Task.Run(() => UltimateSchema.CreateAsync(target)), Task.Run(() => UltimateSchema.CreateAsync(target)));
        var again = await UltimateSchema.CreateAsync(target);

        Assert.That(both.Append(again).Select(check => check.Differences.Count), Is.All.Zero);
    }

    [Test]
    public async Task Every_default_fills_what_is_not_given()
    {
        var target = await EmptyAsync();
        await UltimateSchema.CreateAsync(target);
        await ExecuteAsync(target, """
            INSERT INTO users(username, email, hashed_password) VALUES ('a', 'a@exemple.fr', 'x');
            INSERT INTO personas(user_id, name, style_prompt) VALUES (1, 'P', 's');
            INSERT INTO generation_jobs(id, user_id, persona_id, prompt, model_name, parameters) VALUES ('j', 1, 1, 'p', 'm', '{}');
            INSERT INTO media_items(id, user_id, job_id, file_path) VALUES ('m', 1, 'j', '/x.png');
            INSERT INTO nsfw_settings(user_id) VALUES (1); INSERT INTO generation_metrics(job_id) VALUES ('j');
            INSERT INTO lora_models(id, name, file_path) VALUES ('l', 'l', 'f'); INSERT INTO notifications(id, level, title) VALUES ('n', 'info', 't');
            """);

        Assert.Multiple(() =>
        {
            Assert.That(Scalar(target, "SELECT CAST(settings AS text) || '|' || CAST(is_active = (1=1) AS text) FROM users"), Is.EqualTo(kind == DatabaseKind.Sqlite ? "{}|1" : "{}|true"));
            Assert.That(Scalar(target, "SELECT job_type || status || CAST(result_images AS text) || negative_prompt || CAST(progress + nsfw_score AS integer) FROM generation_jobs"), Is.EqualTo("imagepending[]0"));
            Assert.That(Scalar(target, "SELECT file_type || mime_type FROM media_items WHERE created_at IS NOT NULL AND updated_at IS NOT NULL"), Is.EqualTo("imageimage/png"));
            Assert.That(Scalar(target, "SELECT intensity || CAST(overrides AS text) FROM nsfw_settings"), Is.EqualTo("medium{}"));
        });
    }

    [Test]
    public async Task Delete_rules_are_those_of_Alembic()
    {
        var target = await EmptyAsync();
        await UltimateSchema.CreateAsync(target);
        await ExecuteAsync(target, """
            INSERT INTO users(id, username, email, hashed_password) VALUES (5, 'a', 'a@exemple.fr', 'x');
            INSERT INTO personas(id, user_id, name, style_prompt) VALUES (7, 5, 'P', 's');
            INSERT INTO generation_jobs(id, user_id, persona_id, prompt, model_name, parameters) VALUES ('j', 5, 7, 'p', 'm', '{}');
            INSERT INTO media_items(id, user_id, job_id, file_path) VALUES ('m', 5, 'j', '/x.png'); INSERT INTO generation_metrics(job_id) VALUES ('j');
            """);

        await ExecuteAsync(target, "DELETE FROM personas");
        Assert.That(Scalar(target, "SELECT count(*) FROM generation_jobs WHERE persona_id IS NULL"), Is.EqualTo("1"));
        await ExecuteAsync(target, "DELETE FROM generation_jobs");
        Assert.That(Scalar(target, "SELECT (SELECT count(*) FROM media_items) + (SELECT count(*) FROM generation_metrics WHERE job_id IS NULL)"), Is.EqualTo("1"));
    }

    [Test]
    public async Task A_stamped_schema_that_was_changed_is_refused_by_its_differences()
    {
        var target = await EmptyAsync();
        await UltimateSchema.CreateAsync(target);
        await ExecuteAsync(target, "DROP INDEX ix_personas_user_id; DROP TABLE notifications; ALTER TABLE media_items ADD COLUMN extra text");

        var error = Assert.ThrowsAsync<DatabaseException>(() => UltimateSchema.CreateAsync(target));

        Assert.That(error!.Problems, Is.EquivalentTo(new[]
        {
            "personas: the index ix_personas_user_id on user_id is missing.",
            "notifications: the table is missing.",
            "media_items.extra: Ultimate has no such column.",
        }));
        Assert.That((await UltimateSchema.VerifyAsync(target)).Differences, Is.EqualTo(error.Problems));
    }

    [Test]
    public async Task A_schema_of_create_all_is_recognised_and_not_touched()
    {
        var target = await EmptyAsync();
        await ExecuteAsync(target, """
            CREATE TABLE users(id INTEGER PRIMARY KEY, username VARCHAR(50) NOT NULL, email VARCHAR(100) NOT NULL, hashed_password VARCHAR(255) NOT NULL, is_active BOOLEAN, settings JSON);
            CREATE TABLE personas(id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, name VARCHAR(100) NOT NULL, metadata JSON);
            CREATE TABLE generation_jobs(id VARCHAR(36) PRIMARY KEY); CREATE TABLE media_items(id VARCHAR(36) PRIMARY KEY);
            """);
        var before = await DatabaseCatalog.ReadAsync(target, CancellationToken.None);

        var error = Assert.ThrowsAsync<DatabaseException>(() => UltimateSchema.CreateAsync(target));

        Assert.That(error!.Message, Does.Contain("4 of its tables without an Alembic revision, 3 columns of them nullable").And.Contain("create_all"));
        Assert.That((await DatabaseCatalog.ReadAsync(target, CancellationToken.None)).Keys, Is.EquivalentTo(before.Keys));
        var check = await UltimateSchema.VerifyAsync(target);
        Assert.That(check.Differences, Does.Contain("users.is_active: expected NOT NULL, found the opposite.").And.Contain("users.is_active: expected a default, found none."));
    }

    [TestCase("CREATE TABLE users(id INTEGER); CREATE TABLE personas(id INTEGER); CREATE TABLE jobs(id INTEGER); CREATE TABLE media(id INTEGER)", "found Classic's tables")]
    [TestCase("CREATE TABLE alembic_version(version_num VARCHAR(32)); INSERT INTO alembic_version VALUES ('20240925_0001')", "found revision 20240925_0001")]
    public async Task Another_database_is_refused(string script, string named)
    {
        var target = await EmptyAsync();
        await ExecuteAsync(target, script);

        Assert.That(async () => await UltimateSchema.CreateAsync(target), Throws.TypeOf<DatabaseException>().With.Message.Contains(named));
    }

    [Test]
    public async Task Tables_of_others_beside_are_nobodys_business()
    {
        var target = await EmptyAsync();
        await ExecuteAsync(target, "CREATE TABLE seidra_cutover_ledger(table_name text)");

        Assert.That((await UltimateSchema.CreateAsync(target)).Differences, Is.Empty);
    }

    [Test]
    public async Task The_table_that_only_the_ORM_has_is_added_to_a_schema_of_Alembic()
    {
        var target = await EmptyAsync();
        await UltimateSchema.CreateAsync(target);
        await ExecuteAsync(target, "DROP TABLE video_timelines");

        Assert.That((await UltimateSchema.CreateAsync(target)).Differences, Is.Empty);
    }

    private async Task<DatabaseEndpoint> EmptyAsync() => kind == DatabaseKind.PostgreSql
        ? await PostgresFixture.CreateDatabaseAsync()
        : DatabaseEndpoint.Parse($"sqlite://{_folder["ultimate.db"]}");

    private static async Task ExecuteAsync(DatabaseEndpoint target, string script)
    {
        if (target.Kind == DatabaseKind.PostgreSql)
            await PostgresFixture.ExecuteAsync(target, script);
        else
            Samples.ExecuteSqlite(target, "PRAGMA foreign_keys = ON;" + script);
    }

    private static string? Scalar(DatabaseEndpoint target, string sql)
    {
        if (target.Kind == DatabaseKind.PostgreSql)
            return PostgresFixture.ScalarAsync(target, sql).Result?.ToString();
        using var connection = target.OpenSqliteAsync(Microsoft.Data.Sqlite.SqliteOpenMode.ReadOnly, CancellationToken.None).Result;
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()?.ToString();
    }
}
