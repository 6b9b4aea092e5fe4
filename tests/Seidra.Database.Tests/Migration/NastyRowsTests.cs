namespace Seidra.Database.Tests.Migration;

/// <summary>One row per nastiness, and what exactly becomes of it.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.PostgreSql)]
public sealed class NastyRowsTests(DatabaseKind target)
{
    private const string Classic = """
        CREATE TABLE users (id INTEGER PRIMARY KEY, username, email, hashed_password, is_active, settings, created_at);
        CREATE TABLE personas (id INTEGER PRIMARY KEY, owner_id, name, style_preset, voice_id, tags, created_at);
        CREATE TABLE jobs (id INTEGER PRIMARY KEY, owner_id, persona_id, text, status, parameters, result_images, metadata, nsfw_allowed, retry_of, created_at, updated_at);
        CREATE TABLE media (id INTEGER PRIMARY KEY, owner_id, job_id, object_key, thumbnail, favorite, created_at);
        INSERT INTO users VALUES
          (1, 'Amélie', 'amelie@exemple.fr', 'h1', 't', '{"theme": "dark"}', '2023-03-01 10:00:00.123456'),
          (2, 'zoé', 'ZOE@exemple.fr', 'h2', 1, NULL, '2023-03-01T12:00:00+02:00'),
          (3, 'zoé2', 'zoe@exemple.fr', 'h3', 'true', '[1]', 1677664800),
          (4, 'demo', 'demo@seidra.ai', 'h4', 1, '{}', 1677664800123),
          (5, NULL, NULL, NULL, 'maybe', 'not json', 'hier'),
          (0, 'zero', 'zero@exemple.fr', 'h0', 0, '{}', NULL),
          (-7, 'minus', 'minus@exemple.fr', 'h7', 0, '{}', NULL);
        INSERT INTO personas VALUES
          (1, 1, 'Première ✨', 'aquarelle', 'voix-1', '["été", 3, null]', '2023-01-01'),
          (2, 4, 'De demo', NULL, NULL, 'a;b', '2023-01-01'),
          (3, 99, 'Orpheline', NULL, NULL, '[]', '2023-01-01'),
          (0, 0, 'Zéro', NULL, NULL, '[]', '2023-01-01');
        INSERT INTO jobs VALUES
          (1, 1, 1, 'un portrait 🧙‍♀️', 'done', '{"width": "1024", "height": true, "autre": 1}', '["images/a.png"]', '{"quality": "high"}', 1, NULL, '2023-01-01', '2023-01-02'),
          (2, 2, 77, 'x' || char(0) || 'y', 'completed', '{}', '[]', '{}', 0, 1, '2023-01-01', NULL),
          (3, 2, 77, CAST(x'48E96C' AS TEXT), 'completed', '{}', '[]', '{}', 0, 1, '2023-01-01', NULL),
          (4, 2, 77, NULL, 'running', '[1]', 'images/b.png', '{"retry_of": "?"}', 't', 1, '2023-01-01', NULL),
          (5, 3, NULL, 'p', 'étrange', NULL, '{}', NULL, NULL, 9000, NULL, NULL);
        INSERT INTO media VALUES
          (1, 1, 1, '/app/uploads/images/a.png', 'thumbnails/a.png', 1, '2023-01-01'),
          (2, 2, 2, 'images/b.png', NULL, 0, '2023-01-01'),
          (3, 2, 500, 'images/c.png', NULL, 0, '2023-01-01'),
          (4, 1, 1, NULL, NULL, 0, '2023-01-01');
        """;

    private Stage _stage = null!;
    private MigrationResult _result = null!;

    [OneTimeSetUp]
    public async Task MoveAsync()
    {
        _stage = await Stage.ScriptedAsync(DatabaseKind.Sqlite, target, Classic);
        _result = await _stage.MoveAsync();
    }

    [OneTimeTearDown]
    public void Remove() => _stage.Dispose();

    [Test]
    public async Task Id_1_goes_to_the_demo_account_and_its_holder_moves_with_all_references()
    {
        var amelie = await _stage.TargetValueAsync("SELECT id FROM users WHERE username = 'Amélie'");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(int.Parse(amelie!), Is.GreaterThan(1_000));
            Assert.That(await _stage.TargetValueAsync("SELECT user_id FROM personas WHERE name = 'Première ✨'"), Is.EqualTo(amelie));
            Assert.That(await _stage.TargetValueAsync($"SELECT count(*) FROM media_items WHERE user_id = {amelie}"), Is.EqualTo("1"));
            Assert.That(await _stage.TargetValueAsync("SELECT username || ' ' || email FROM users WHERE id = 1"), Is.EqualTo("demo demo@seidra.ai"));
            Assert.That(await _stage.TargetValueAsync("SELECT user_id FROM personas WHERE name = 'De demo'"), Is.EqualTo("1"));
            Assert.That(await _stage.TargetAsync("SELECT id FROM users WHERE id < 1"), Is.Empty);
            Assert.That(await _stage.TargetValueAsync("SELECT count(*) FROM seidra_cutover_notes WHERE reason = 'key-moved' AND table_name = 'users'"), Is.EqualTo("3"));
        }
    }

    [Test]
    public async Task Case_twins_of_an_address_and_missing_names_get_their_own()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _stage.TargetValueAsync("SELECT email FROM users WHERE username = 'zoé'"), Is.EqualTo("ZOE@exemple.fr"));
            Assert.That(await _stage.TargetValueAsync("SELECT email FROM users WHERE username = 'zoé2'"), Is.EqualTo("zoe+classic-3@exemple.fr"));
            Assert.That(await _stage.TargetValueAsync("SELECT username || ' ' || email FROM users WHERE id = 5"), Is.EqualTo("classic-5 classic-5@classic.invalid"));
            Assert.That(await _stage.TargetAsync("SELECT column_name FROM seidra_cutover_notes WHERE table_name = 'users' AND source_key = '5' ORDER BY 1"), Is.EqualTo(new[] { "created_at", "email", "hashed_password", "is_active", "settings", "username" }));
        }
    }

    [Test]
    public async Task Timestamps_of_all_kinds_are_UTC()
    {
        var cast = target == DatabaseKind.PostgreSql ? "to_char(created_at, 'YYYY-MM-DD HH24:MI:SS.US')" : "created_at";
        async Task<string?> CreatedAsync(string name) => await _stage.TargetValueAsync($"SELECT {cast} FROM users WHERE username = '{name}'");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await CreatedAsync("Amélie"), Is.EqualTo("2023-03-01 10:00:00.123456"));
            Assert.That(await CreatedAsync("zoé"), Is.EqualTo("2023-03-01 10:00:00.000000"));
            Assert.That(await CreatedAsync("zoé2"), Is.EqualTo("2023-03-01 10:00:00.000000"));
            Assert.That(await CreatedAsync("zero"), Is.EqualTo("1970-01-01 00:00:00.000000"));
        }
    }

    [Test]
    public async Task Text_that_cannot_be_stored_goes_to_quarantine_whole_and_takes_its_media_along()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _stage.TargetValueAsync("SELECT reason FROM seidra_cutover_quarantine WHERE table_name = 'generation_jobs' AND source_key = '2'"), Is.EqualTo("nul-byte"));
            Assert.That(await _stage.TargetValueAsync("SELECT \"row\" FROM seidra_cutover_quarantine WHERE table_name = 'generation_jobs' AND source_key = '2'"), Does.Contain("\"text\":\"x\\u0000y\""));
            Assert.That(await _stage.TargetValueAsync("SELECT reason FROM seidra_cutover_quarantine WHERE table_name = 'generation_jobs' AND source_key = '3'"), Is.EqualTo("invalid-utf8"));
            Assert.That(await _stage.TargetValueAsync("SELECT \"row\" FROM seidra_cutover_quarantine WHERE table_name = 'generation_jobs' AND source_key = '3'"), Does.Contain("\"base64\":\"SOls\""));
            Assert.That(await _stage.TargetAsync("SELECT reason FROM seidra_cutover_quarantine WHERE table_name = 'media_items' ORDER BY source_key"), Is.EqualTo(new[] { "parent-quarantined", "orphan-reference", "missing-value" }));
            Assert.That(await _stage.TargetValueAsync("SELECT reason FROM seidra_cutover_quarantine WHERE table_name = 'personas'"), Is.EqualTo("orphan-reference"));
        }
    }

    [Test]
    public async Task Jobs_keep_what_Classic_knew_of_them()
    {
        var first = StableUuid.Of("generation_jobs", new KeyId(1, null));
        async Task<string?> JobAsync(string column, string prompt) => await _stage.TargetValueAsync($"SELECT {column} FROM generation_jobs WHERE prompt = '{prompt}'");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await JobAsync("id", "un portrait 🧙‍♀️"), Is.EqualTo(first));
            Assert.That(await JobAsync("status", "un portrait 🧙‍♀️"), Is.EqualTo("completed"));
            Assert.That(await JobAsync("parameters", "un portrait 🧙‍♀️"), Is.EqualTo("""{"width":1024,"autre":1}"""));
            Assert.That(await JobAsync("metadata", "un portrait 🧙‍♀️"), Is.EqualTo("""{"quality":"high","classic_id":1}"""));
            Assert.That(await JobAsync("result_images", "un portrait 🧙‍♀️"), Is.EqualTo("""["/srv/media/a.png"]"""));
            Assert.That(await JobAsync("metadata", ""), Is.EqualTo($$"""{"retry_of":"{{first}}","classic_id":4}"""));
            Assert.That(await JobAsync("status", ""), Is.EqualTo("cancelled"));
            Assert.That(await JobAsync("persona_id", ""), Is.Null);
            Assert.That(await JobAsync("status", "p"), Is.EqualTo("cancelled"));
            Assert.That(await JobAsync("metadata", "p"), Is.EqualTo($$"""{"retry_of":"{{StableUuid.Of("generation_jobs", new KeyId(9000, null))}}","classic_id":5}"""));
            Assert.That(await _stage.TargetAsync("SELECT reason FROM seidra_cutover_notes WHERE table_name = 'generation_jobs' AND source_key = '5' ORDER BY 1"), Is.EqualTo(new[] { "json-shape", "missing-value", "unknown-status" }));
        }
    }

    [Test]
    public async Task Extras_find_their_natural_homes()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await _stage.TargetValueAsync("SELECT metadata FROM personas WHERE name = 'Première ✨'"), Is.EqualTo("""{"style_preset":"aquarelle","voice_id":"voix-1"}"""));
            Assert.That(await _stage.TargetValueAsync("SELECT tags FROM personas WHERE name = 'Première ✨'"), Is.EqualTo("""["été","3"]"""));
            Assert.That(await _stage.TargetAsync("SELECT CAST(is_nsfw AS integer) FROM generation_jobs ORDER BY created_at, prompt"), Has.Exactly(2).EqualTo("1"));
            Assert.That(await _stage.TargetAsync("SELECT u.username FROM nsfw_settings n JOIN users u ON u.id = n.user_id WHERE n.enabled ORDER BY 1"), Is.EquivalentTo(new[] { "Amélie", "zoé" }));
            Assert.That(await _stage.TargetValueAsync("SELECT file_path FROM media_items"), Is.EqualTo("/srv/media/a.png"));
            Assert.That(await _stage.TargetValueAsync("SELECT thumbnail_path FROM media_items"), Is.EqualTo("/srv/media/a.png"));
            Assert.That(await _stage.TargetValueAsync("SELECT CAST(is_favorite AS integer) FROM media_items"), Is.EqualTo("1"));
        }
    }

    [Test]
    public async Task All_is_counted_and_verified()
    {
        var verified = await _stage.VerifyAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(verified.Differences, Is.Empty);
            Assert.That(_result.Tables, Is.EqualTo(new[]
            {
                new TableCheck("users", 7, 7, 0, true),
                new TableCheck("personas", 4, 3, 1, true),
                new TableCheck("generation_jobs", 5, 3, 2, true),
                new TableCheck("media_items", 4, 1, 3, true),
                new TableCheck("nsfw_settings", 2, 2, 0, true),
            }));
        }
    }

    [Test]
    public async Task The_next_registration_gets_a_free_id()
    {
        await _stage.ChangeTargetAsync("INSERT INTO users (username, email, hashed_password) VALUES ('neuf', 'neuf@exemple.fr', 'h')");
        var id = long.Parse((await _stage.TargetValueAsync("SELECT id FROM users WHERE username = 'neuf'"))!);
        await _stage.ChangeTargetAsync("DELETE FROM users WHERE username = 'neuf'");
        Assert.That(id, Is.GreaterThan(long.Parse((await _stage.TargetValueAsync("SELECT max(id) FROM users"))!)));
    }
}
