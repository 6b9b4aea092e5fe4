namespace Seidra.Database.Tests.Rows;

/// <summary>The fast lanes make of every row what the careful way makes of it, whatever the row holds.</summary>
public sealed class FastLaneTests
{
    private const string Enriched = """
        CREATE TABLE users (id INTEGER PRIMARY KEY, username, email, hashed_password, is_active, settings, created_at);
        CREATE TABLE personas (id INTEGER PRIMARY KEY, owner_id, name, description, style_prompt, lora_models, params, avatar_url, tags, style_preset, voice_id, metadata, created_at, updated_at);
        CREATE TABLE jobs (id INTEGER PRIMARY KEY, owner_id, persona_id, text, model_name, status, parameters, progress, result_images, metadata, nsfw, nsfw_allowed, nsfw_score, retry_of, created_at, updated_at, completed_at);
        CREATE TABLE media (id INTEGER PRIMARY KEY, owner_id, job_id, object_key, thumbnail, mime, metadata, tags, favorite, starred, created_at, updated_at);
        CREATE TABLE nsfw_settings (id INTEGER PRIMARY KEY, user_id, enabled, categories, overrides, intensity);
        CREATE TABLE lora_models (id TEXT PRIMARY KEY, name, file_path, file_size, is_downloaded, tags);
        CREATE TABLE generation_metrics (id INTEGER PRIMARY KEY, job_id, user_id, outputs, throughput, extra);
        CREATE TABLE notifications (id TEXT PRIMARY KEY, level, metadata, created_at);
        """;

    [TestCase(1, true)]
    [TestCase(2, false)]
    public async Task Random_rows_come_out_as_by_the_careful_way(int seed, bool keepsPaths)
    {
        using var fixture = await RowsFixture.ScriptedAsync(DatabaseKind.Sqlite, Enriched);
        if (keepsPaths)
            fixture.Options = new MigrationOptions();
        var random = new RandomValues(seed);
        var knowledge = new HalfKnowledge();
        foreach (var table in fixture.Plan.Tables.Where(table => table.Derived is null))
        {
            var fast = FastEncoder.Of(table, fixture.Plan, fixture.Options, knowledge)!;
            var slow = new SlowEncoder(table, fixture.Plan, fixture.Options, knowledge);
            var taken = 0;
            for (var round = 0; round < 4_000; round++)
            {
                var row = Row(table, random);
                var id = KeyId.Of(row[table.Binding.Key]);
                var place = new KeyPlace(id, 1, id is null ? "odd" : null);
                var (left, right) = (new RowChunk(table), new RowChunk(table));
                if (!fast.TryEncode(row, place, left))
                    continue;
                slow.Encode(row, place, right);
                Assert.That(Said.Of(left), Is.EqualTo(Said.Of(right)), $"{table.Target}: {row}");
                taken++;
            }

            Assert.That(taken, Is.GreaterThan(20), $"{table.Target}: the fast lane must take a good share, or nothing was compared");
        }
    }

    private static FakeRow Row(TablePlan table, RandomValues random)
    {
        var values = new object?[table.SourceColumns.Count];
        // A row of all odd values says nothing of the fast lane: most columns hold the first thing that fits.
        foreach (var column in table.Binding.Columns)
        {
            foreach (var ordinal in column.Ordinals)
                values[ordinal] = random.Next(5) == 0 ? random.Value(column.Rule) : Usual(column, random);
        }

        foreach (var extra in table.Binding.Extras)
            values[extra.Ordinal] = random.Next(3) == 0 ? null : extra.Rule.Reference is null ? random.Next(3) == 0 ? random.Key() : random.Text() : random.Key();
        values[table.Binding.Key] = random.Key();
        return new FakeRow(values);
    }

    private static object? Usual(ColumnBinding column, RandomValues random) => column.Rule switch
    {
        { Reference: not null } => (long)random.Next(30) + 2,
        { Convert: "json-object" or "json-parameters" or "json-flags" } => "{ }",
        { Convert: "json-strings" or "json-paths" } => """["a", "images/b.png"]""",
        { Convert: "boolean" } => 1L,
        { Convert: "timestamp" } => random.Next(3) == 0 ? null : "2023-03-01 10:00:00.5",
        { Convert: "status" } => "completed",
        { Convert: "integer" or "float" } => 4L,
        _ => $"texte {random.Next(1000)}",
    };

    /// <summary>Most rows are placed, some numbers are moved, some names are others' already, one user is the demo account.</summary>
    private sealed class HalfKnowledge : IRowKnowledge
    {
        public Placement Find(string table, KeyId key) => key is { IsNumber: true, Number: 7 } ? Placement.Aside : key is { IsNumber: true, Number: 8 or > 35 } ? Placement.Unknown : Placement.Placed;

        public long Number(string table, long number, out bool isMoved)
        {
            isMoved = number is < 2 or 9;
            return isMoved ? 5_000 + number : number;
        }

        public bool IsDemo(KeyId user) => user is { IsNumber: true, Number: 5 };

        public string? Renamed(string table, string column, KeyId key) => key is { IsNumber: true, Number: 11 } ? $"{column}-classic-11" : null;

        public string? Born(string table, KeyId key) => key is { IsNumber: true, Number: 12 } ? "0b0e3c6e-0000-4000-8000-00000000000c" : null;
    }
}
