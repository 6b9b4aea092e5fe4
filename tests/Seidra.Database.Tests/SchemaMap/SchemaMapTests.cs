namespace Seidra.Database.Tests.SchemaMaps;

/// <summary>The map as a file that people write.</summary>
public sealed class SchemaMapTests
{
    [Test]
    public void The_built_in_map_fills_every_column_of_Ultimate()
    {
        var map = SchemaMap.Default;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(map.Tables.Select(table => table.Target), Is.EquivalentTo(UltimateTables.All.Select(table => table.Name)));
            foreach (var table in map.Tables)
            {
                var ultimate = UltimateTables.All.Single(other => other.Name == table.Target);
                Assert.That(table.Columns.Select(column => column.To).Prepend("id"), Is.EquivalentTo(ultimate.Columns.Select(column => column.Name)), table.Target);
            }
        }
    }

    [Test]
    public void Nothing_that_Ultimate_needs_can_come_out_empty()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var (table, column) in SchemaMap.Default.Tables.SelectMany(table => table.Columns.Select(column => (table, column))))
            {
                var needed = UltimateTables.All.Single(other => other.Name == table.Target).Columns.Single(other => other.Name == column.To);
                if (needed.NotNull)
                    Assert.That(column.Required || column.Default is not null, Is.True, $"{table.Target}.{column.To}");
                if (needed.Length is > 0 and var length)
                    Assert.That(column.Max ?? 36, Is.LessThanOrEqualTo(length), $"{table.Target}.{column.To}");
            }
        }
    }

    [Test]
    public void The_password_of_an_account_without_one_is_a_hash_that_nothing_opens()
    {
        var hash = SchemaMap.Default.Tables[0].Columns.Single(column => column.To == "hashed_password").Default!;
        Assert.That(BCrypt.Net.BCrypt.Verify("", hash) || BCrypt.Net.BCrypt.Verify("ClassicHadNoPassword", hash), Is.False);
    }

    [Test]
    public void A_file_is_laid_over_the_built_in_map()
    {
        var map = SchemaMap.Parse("""
            tables:
              generation_jobs:
                from: [aufgaben]
                columns:
                  prompt: { from: [was], default: leer }
                extras:
                  workflow: { from: [workflow_name] }
            """, "own.yaml");
        var jobs = map.Tables.Single(table => table.Target == "generation_jobs");
        var prompt = jobs.Columns.Single(column => column.To == "prompt");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(jobs.From, Is.EqualTo(new[] { "aufgaben", "jobs", "generation_jobs", "job", "generations" }));
            Assert.That(prompt.From, Is.EqualTo(new[] { "was", "prompt", "text", "prompt_text", "positive_prompt" }));
            Assert.That(prompt.Default, Is.EqualTo("leer"));
            Assert.That(jobs.Extras.Select(extra => extra.Key), Is.EqualTo(new[] { "retry_of", "workflow" }));
            Assert.That(map.Fingerprint, Is.Not.EqualTo(SchemaMap.Default.Fingerprint));
            Assert.That(SchemaMap.Default.Tables.Single(table => table.Target == "generation_jobs").From[0], Is.EqualTo("jobs"), "the built-in map stays as it is");
        }
    }

    [Test]
    public void All_problems_are_told_at_once_with_their_lines()
    {
        var error = Assert.Throws<DatabaseException>(() => SchemaMap.Parse("""
            tabels: {}
            tables:
              users:
                columns:
                  username: { convert: texte, max: many }
                  is_active: { default: perhaps, overflow: explode }
              personas:
                columns:
                  user_id: { reference: people }
                  created_at: { fallback: [nowhere] }
              extra_table:
                columns: { a: 1 }
            """, "own.yaml"));
        Assert.That(error.Problems.Order(StringComparer.Ordinal), Is.EqualTo(new[]
        {
            "own.yaml:10: a fallback of table 'personas' names 'nowhere', which is no column of it.",
            "own.yaml:12: 'a' needs a mapping.",
            "own.yaml:12: table 'extra_table' needs 'from', the names it may have in Classic.",
            "own.yaml:12: table 'extra_table' needs 'key'.",
            "own.yaml:1: 'tabels' is no key here; known are version, tables.",
            "own.yaml:5: 'max' needs a whole number above 0, not 'many'.",
            "own.yaml:5: 'texte' is no converter; known are text, status, boolean, integer, float, timestamp, media-path, media-url, json-object, json-strings, json-paths, json-parameters, json-flags.",
            "own.yaml:6: 'overflow' needs one of quarantine, truncate, default, not 'explode'.",
            "own.yaml:6: the default 'perhaps' of 'is_active' is no value that boolean accepts.",
            "own.yaml:9: table 'personas' refers to 'people', which is no table of the map.",
        }.Order(StringComparer.Ordinal)));
    }

    [TestCase("tables: [", "own.yaml:")]
    [TestCase("- a", "expected a mapping")]
    [TestCase("tables:\n  users: {}\n  users: {}", "own.yaml:3")]
    public void What_is_no_YAML_mapping_is_told_with_its_line(string yaml, string expected) =>
        Assert.That(() => SchemaMap.Parse(yaml, "own.yaml"), Throws.TypeOf<DatabaseException>().With.Message.Contains(expected));

    [Test]
    public void A_file_that_is_not_there_is_told() =>
        Assert.That(() => SchemaMap.Load("/nowhere/map.yaml"), Throws.TypeOf<DatabaseException>().With.Message.Contains("/nowhere/map.yaml").And.Message.Contains("schema.map"));
}
