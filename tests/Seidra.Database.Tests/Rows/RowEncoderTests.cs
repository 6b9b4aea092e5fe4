namespace Seidra.Database.Tests.Rows;

/// <summary>One row per case, and what exactly becomes of it.</summary>
public sealed class RowEncoderTests
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
          (4, 'demo', 'demo@classic.fr', 'h4', 1, '{}', 1677664800123),
          (5, NULL, NULL, NULL, 'maybe', 'not json', 'hier'),
          (6, 'demo', 'dominique@exemple.fr', 'h6', 1, '{}', 0),
          (0, 'zero', 'zero@exemple.fr', 'h0', 0, '{}', NULL);
        INSERT INTO personas VALUES
          (1, 1, 'Première ✨', 'aquarelle', 'voix-1', '["été", 3, null]', '2023-01-01'),
          (2, 4, 'De demo', NULL, NULL, 'a;b', '2023-01-01'),
          (3, 99, 'Orpheline', NULL, NULL, '[]', '2023-01-01');
        INSERT INTO jobs VALUES
          (1, 1, 1, 'un portrait 🧙‍♀️', 'done', '{"width": "1024", "height": true, "autre": 1}', '["images/a.png"]', '{"quality": "high"}', 1, NULL, '2023-01-01', '2023-01-02'),
          (2, 2, 77, 'x' || char(0) || 'y', 'completed', '{}', '[]', '{}', 0, 1, '2023-01-01', NULL),
          (3, 3, NULL, 'usual', 'completed', '{"width": 512, "style": null}', '["images/c.png", "https://x.fr/d.png"]', '{"k": "🎨"}', 'f', NULL, '2023-01-01 10:00:00', NULL),
          (4, 2, 77, NULL, 'running', '[1]', 'images/b.png', '{"retry_of": "?"}', 't', 9000, '2023-01-01', NULL),
          (5, 99, NULL, 'p', 'completed', '{}', '[]', '{}', 1, NULL, NULL, NULL);
        INSERT INTO media VALUES
          (1, 1, 1, '/app/uploads/images/a.png', 'thumbnails/a.png', 1, '2023-01-01'),
          (2, 2, 2, 'images/b.png', NULL, 0, '2023-01-01'),
          (3, 2, 500, 'images/c.png', NULL, 0, '2023-01-01'),
          (4, 1, 1, NULL, NULL, 0, '2023-01-01'),
          (5, 3, 3, 'images/c.png', NULL, NULL, NULL);
        """;

    private RowsFixture _fixture = null!;
    private IReadOnlyDictionary<string, RowChunk> _chunks = null!;

    [OneTimeSetUp]
    public async Task EncodeAsync()
    {
        _fixture = await RowsFixture.ScriptedAsync(DatabaseKind.Sqlite, Classic);
        _chunks = await _fixture.EncodeAsync();
    }

    [OneTimeTearDown]
    public void Remove() => _fixture.Dispose();

    [Test]
    public void A_moved_number_is_told_and_followed_by_every_reference()
    {
        var moved = _chunks["users"].Moved.ToDictionary(row => row.Source, row => row.Target);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(moved.Keys, Is.EquivalentTo(new[] { 0, 1, 4 }));
            Assert.That(moved[4], Is.EqualTo(1), "the demo account");
            Assert.That(moved[1], Is.GreaterThan(1_000));
            Assert.That(RowsFixture.Values(_chunks["users"], "1")["id"], Is.EqualTo(moved[1]));
            Assert.That(RowsFixture.Values(_chunks["personas"], "1")["user_id"], Is.EqualTo(moved[1]));
            Assert.That(RowsFixture.Values(_chunks["generation_jobs"], "1")["user_id"], Is.EqualTo(moved[1]));
            Assert.That(_chunks["users"].Notes.Where(note => note.Reason == Reasons.KeyMoved).Select(note => note.Key), Is.EquivalentTo(new[] { "0", "1" }));
        }
    }

    [Test]
    public void The_demo_account_is_made_as_Ultimate_wants_it_and_not_counted()
    {
        var chunk = _chunks["users"];
        var demo = chunk.Placed.Single(row => row.IsDemo);
        var values = RowsFixture.Values(chunk, "4");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(demo.Key, Is.EqualTo(new KeyId(4, null)));
            Assert.That(values["id"], Is.EqualTo(1));
            Assert.That(values["username"], Is.EqualTo("demo"));
            Assert.That(values["email"], Is.EqualTo("demo@seidra.ai"));
            Assert.That(chunk.Sum, Is.EqualTo(chunk.Placed.Where(row => !row.IsDemo).Aggregate(UInt128.Zero, (sum, row) => sum + row.Hash)));
            Assert.That(chunk.Names.Select(name => name.Key), Has.None.EqualTo("4"), "its names are nobody's to want");
            Assert.That(RowsFixture.Values(_chunks["personas"], "2")["user_id"], Is.EqualTo(1));
        }
    }

    [Test]
    public void The_lowest_key_keeps_a_name_and_a_person_called_demo_gets_another()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(RowsFixture.Values(_chunks["users"], "2")["email"], Is.EqualTo("ZOE@exemple.fr"));
            Assert.That(RowsFixture.Values(_chunks["users"], "3")["email"], Is.EqualTo("zoe+classic-3@exemple.fr"));
            Assert.That(RowsFixture.Values(_chunks["users"], "6")["username"], Is.EqualTo("demo-classic-6"));
            Assert.That(RowsFixture.Values(_chunks["users"], "5")["username"], Is.EqualTo("classic-5"));
            Assert.That(_chunks["users"].Notes.Where(note => note.Reason == Reasons.NameTaken).Select(note => $"{note.Key} {note.Column} {note.Original}"), Is.EquivalentTo(new[] { "3 email \"zoe@exemple.fr\"", "6 username \"demo\"" }));
            Assert.That(_chunks["users"].Names.Count, Is.EqualTo(12), "what each of six users wants, twice");
        }
    }

    [Test]
    public void What_waits_for_another_row_says_for_which()
    {
        var jobs = _chunks["generation_jobs"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(_chunks["personas"].Aside.Select(row => $"{row.Key} {row.Reason} {row.WaitsFor}"), Is.EqualTo(new[] { "3 orphan-reference users/99" }));
            Assert.That(jobs.Aside.Select(row => $"{row.Key} {row.Reason} {row.WaitsFor}"), Is.EqualTo(new[] { "2 nul-byte ", "5 orphan-reference users/99" }));
            Assert.That(_chunks["media_items"].Aside.Select(row => $"{row.Key} {row.Reason} {row.WaitsFor}"), Is.EqualTo(new[]
            {
                "2 parent-quarantined generation_jobs/2", "3 orphan-reference generation_jobs/500", "4 missing-value ",
            }));
            Assert.That(jobs.Notes.Where(note => note.Reason == Reasons.OrphanReference).Select(note => $"{note.Key} {note.Column} {note.Original} {note.WaitsFor}"), Is.EquivalentTo(new[]
            {
                "2 persona_id 77 personas/77", "4 persona_id 77 personas/77",
            }));
            Assert.That(jobs.Aside[0].Json, Does.Contain("\"text\":\"x\\u0000y\""));
        }
    }

    [Test]
    public void Extras_are_kept_and_a_retried_job_is_named_whether_it_is_there_or_not()
    {
        var retried = StableUuid.Of("generation_jobs", new KeyId(9000, null));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(RowsFixture.Values(_chunks["personas"], "1")["metadata"], Is.EqualTo("""{"style_preset":"aquarelle","voice_id":"voix-1"}"""));
            Assert.That(RowsFixture.Values(_chunks["generation_jobs"], "1")["metadata"], Is.EqualTo("""{"quality":"high","classic_id":1}"""));
            Assert.That(RowsFixture.Values(_chunks["generation_jobs"], "4")["metadata"], Is.EqualTo($$"""{"retry_of":"{{retried}}","classic_id":4}"""));
            Assert.That(_chunks["generation_jobs"].Notes.Single(note => note.Reason == Reasons.ExtraReplaced).Original, Is.EqualTo("\"?\""));
        }
    }

    [Test]
    public void A_usual_row_comes_out_whole()
    {
        var job = RowsFixture.Values(_chunks["generation_jobs"], "3");
        var media = RowsFixture.Values(_chunks["media_items"], "5");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(job["id"], Is.EqualTo(StableUuid.Of("generation_jobs", new KeyId(3, null))));
            Assert.That(job["parameters"], Is.EqualTo("""{"width":512}"""));
            Assert.That(job["metadata"], Is.EqualTo("""{"k":"\uD83C\uDFA8","classic_id":3}"""));
            Assert.That(job["result_images"], Is.EqualTo("""["/srv/media/c.png","https://x.fr/d.png"]"""));
            Assert.That(job["is_nsfw"], Is.False);
            Assert.That(job["created_at"], Is.EqualTo(new DateTime(2023, 1, 1, 10, 0, 0)));
            Assert.That(job["updated_at"], Is.EqualTo(job["created_at"]), "the map's fallback");
            Assert.That(job["completed_at"], Is.Null);
            Assert.That(media["job_id"], Is.EqualTo(job["id"]));
            Assert.That(media["file_path"], Is.EqualTo("/srv/media/c.png"));
            Assert.That(media["created_at"], Is.EqualTo(DateTime.UnixEpoch));
            Assert.That(_chunks["media_items"].Notes.Where(note => note.Key == "5").Select(note => $"{note.Column} {note.Reason}"), Is.EqualTo(new[] { "created_at missing-value" }));
        }
    }

    [Test]
    public void Placed_rows_mark_their_owners_and_a_derived_row_comes_of_the_owner_alone()
    {
        Assert.That(_chunks["generation_jobs"].Owners, Is.EqualTo(new[] { new OwnerRow("1", "1"), new OwnerRow("2", "4") }), "not the one in quarantine");
    }

    [Test]
    public async Task A_derived_row_has_the_owner_s_number_and_time()
    {
        await using var source = await RowSource.OpenAsync(_fixture.Source, CancellationToken.None);
        var knowledge = _fixture.Knowledge(source);
        knowledge.Add(_chunks["users"]);
        var derived = _fixture.Table("nsfw_settings");
        var chunk = new RowChunk(derived);
        var encoder = new DerivedEncoder(derived, _fixture.Plan, _fixture.Options, knowledge);
        foreach (var row in source.Read(_fixture.Table("users"), [new KeyId(1, null), new KeyId(2, null), new KeyId(4, null)]))
            encoder.Encode(row, chunk);
        var owner = knowledge.Number("users", 1, out _);
        var values = RowsFixture.Values(chunk, "1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(chunk.Placed.Select(row => row.Key.ToString()), Is.EqualTo(new[] { "1", "2" }));
            Assert.That(values["id"], Is.EqualTo(owner));
            Assert.That(values["user_id"], Is.EqualTo(owner));
            Assert.That(values["enabled"], Is.True);
            Assert.That(values["created_at"], Is.EqualTo(new DateTime(2023, 3, 1, 10, 0, 0).AddTicks(1_234_560)));
            Assert.That(values["updated_at"], Is.EqualTo(values["created_at"]));
            Assert.That(chunk.Aside.Select(row => $"{row.Key} {row.Reason}"), Is.EqualTo(new[] { "4 demo-account" }));
            Assert.That(chunk.Moved, Is.Empty);
        }
    }

    [Test]
    public async Task Equal_keys_are_told_apart_by_their_place()
    {
        using var fixture = await RowsFixture.ScriptedAsync(DatabaseKind.Sqlite, Classic.Replace("users (id INTEGER PRIMARY KEY", "users (id", StringComparison.Ordinal) + """
            INSERT INTO users (id, username) VALUES (2, 'second'), (NULL, 'none'), ('2', 'third'), (NULL, 'none either'), (x'41', 'bytes');
            """);
        var users = (await fixture.EncodeAsync())["users"];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(users.Aside.Select(row => $"{row.Key}#{row.Occurrence} {row.Reason}"), Is.EquivalentTo(new[]
            {
                "NULL#1 missing-key", "NULL#2 missing-key", "2#2 duplicate-key", "2#3 duplicate-key", "A#1 key-not-integer",
            }));
            Assert.That(RowsFixture.Values(users, "2")["username"], Is.EqualTo("zoé"));
            Assert.That(users.SourceRows, Is.EqualTo(users.Placed.Count + users.Aside.Count));
        }
    }
}
