using System.Globalization;
using System.Text;

namespace Seidra.Database.Tests.SchemaMaps;

/// <summary>What each converter makes of each kind of value.</summary>
public sealed class ConverterTests
{
    private static (object? Value, string? Note, string? Quarantine) Convert(string converter, object? raw, ColumnRule? rule = null)
    {
        var row = new RowVerdict("7", path => path.StartsWith("lost", StringComparison.Ordinal) ? null : "/m/" + path.Split('/')[^1]);
        var value = Converters.Get(converter).Convert(raw, rule ?? new ColumnRule("c", []), row);
        return (value, row.Notes.SingleOrDefault()?.Reason, row.Reason);
    }

    [TestCase(0L, false, null)]
    [TestCase(1L, true, null)]
    [TestCase("t", true, null)]
    [TestCase("False", false, null)]
    [TestCase(" YES ", true, null)]
    [TestCase(1.0, true, null)]
    [TestCase("", null, null)]
    [TestCase(null, null, null)]
    [TestCase("peut-être", null, "not-a-boolean")]
    [TestCase(2L, null, "not-a-boolean")]
    public void Booleans(object? raw, object? expected, string? note) =>
        Assert.That(Convert("boolean", raw), Is.EqualTo((expected, note, (string?)null)));

    [TestCase("2023-03-01", "2023-03-01 00:00:00.000000")]
    [TestCase("2023-03-01 10:11", "2023-03-01 10:11:00.000000")]
    [TestCase("2023-03-01 10:11:12", "2023-03-01 10:11:12.000000")]
    [TestCase("2023-03-01T10:11:12.1234567Z", "2023-03-01 10:11:12.123456")]
    [TestCase("2023-03-01T10:11:12,5+02:00", "2023-03-01 08:11:12.500000")]
    [TestCase("2023-03-01 10:11:12.25-0530", "2023-03-01 15:41:12.250000")]
    [TestCase("2023-03-01 10:11:12+00", "2023-03-01 10:11:12.000000")]
    [TestCase("2023-03-01 10:11:12 UTC", "2023-03-01 10:11:12.000000")]
    [TestCase("2024-02-29 24:00:00", "2024-03-01 00:00:00.000000")]
    [TestCase("1677665472.25", "2023-03-01 10:11:12.250000")]
    [TestCase(1677665472L, "2023-03-01 10:11:12.000000")]
    [TestCase(1677665472123L, "2023-03-01 10:11:12.123000")]
    [TestCase(1677665472123456L, "2023-03-01 10:11:12.123456")]
    [TestCase(1677665472123456789L, "2023-03-01 10:11:12.123456")]
    [TestCase(1677665472.123456, "2023-03-01 10:11:12.123456")]
    [TestCase(-1L, "1969-12-31 23:59:59.000000")]
    public void Timestamps(object raw, string expected) =>
        Assert.That(((DateTime)Convert("timestamp", raw).Value!).ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture), Is.EqualTo(expected));

    [TestCase("2023-02-30")]
    [TestCase("hier soir")]
    [TestCase("0044-03-15 BC")]
    [TestCase("infinity")]
    [TestCase("99999-01-01")]
    [TestCase(double.NaN)]
    [TestCase("0001-01-01 00:00:00+02:00")]
    public void Unusable_timestamps_are_noted(object raw) =>
        Assert.That(Convert("timestamp", raw), Is.EqualTo(((object?)null, "not-a-timestamp", (string?)null)));

    [TestCase("json-object", "{ \"b\" : 1.50, \"a\" : \"é🎨\" }", "{\"b\":1.50,\"a\":\"é🎨\"}", null)]
    [TestCase("json-object", "\"{\\\"a\\\": 1}\"", "{\"a\":1}", null)]
    [TestCase("json-object", "null", null, null)]
    [TestCase("json-object", "", null, null)]
    [TestCase("json-object", "[1]", null, "json-shape")]
    [TestCase("json-object", "{'a': 1}", null, "invalid-json")]
    [TestCase("json-object", "{\"a\": NaN}", null, "invalid-json")]
    [TestCase("json-object", "{\"a\": \"\\ud800\"}", null, "invalid-json")]
    [TestCase("json-strings", "[\"a\", \"b\"]", "[\"a\",\"b\"]", null)]
    [TestCase("json-strings", "[\"a\", 3, null, {\"name\": \"lora\", \"weight\": 1}]", "[\"a\",\"3\",\"lora\"]", "json-shape")]
    [TestCase("json-strings", "\"a\"", "[\"a\"]", "json-shape")]
    [TestCase("json-strings", "{}", null, "json-shape")]
    [TestCase("json-strings", "a;b", null, "invalid-json")]
    [TestCase("json-paths", "[\"images/a.png\", \"lost/b.png\", \"https://x/c.png\"]", "[\"/m/a.png\",\"lost/b.png\",\"https://x/c.png\"]", null)]
    [TestCase("json-flags", "{\"a\": true, \"b\": 1}", "{\"a\":true}", "json-shape")]
    [TestCase("json-parameters", "{\"width\": 1024, \"seed\": null, \"x\": null}", "{\"width\":1024,\"x\":null}", null)]
    [TestCase("json-parameters", "{\"width\": \"1024\", \"guidance_scale\": \"7.5\", \"style\": 3}", "{\"width\":1024,\"guidance_scale\":7.5}", "json-shape")]
    [TestCase("json-parameters", "{\"width\": 1024.5}", "{}", "json-shape")]
    public void Json(string converter, string raw, string? expected, string? note)
    {
        var (value, said, quarantine) = Convert(converter, raw);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(value is string text ? CanonicalJson.Of(text) : value, Is.EqualTo(expected is null ? null : CanonicalJson.Of(expected)));
            Assert.That((said, quarantine), Is.EqualTo((note, (string?)null)));
        }
    }

    [Test]
    public void Json_nested_beyond_all_reason_is_noted() =>
        Assert.That(Convert("json-strings", new string('[', 5_000) + new string(']', 5_000)).Note, Is.EqualTo("invalid-json"));

    [TestCase("7", 7L, null)]
    [TestCase(7.0, 7L, null)]
    [TestCase("7.5", null, "not-a-number")]
    [TestCase(3_000_000_000L, null, "not-a-number")]
    public void Integers(object raw, object? expected, string? note) =>
        Assert.That(Convert("integer", raw), Is.EqualTo((expected, note, (string?)null)));

    [TestCase("0.5", 0.5, null)]
    [TestCase(1L, 1.0, null)]
    [TestCase("NaN", null, "not-a-number")]
    [TestCase(double.PositiveInfinity, null, "not-a-number")]
    public void Floats(object raw, object? expected, string? note) =>
        Assert.That(Convert("float", raw), Is.EqualTo((expected, note, (string?)null)));

    [Test]
    public void Text_that_no_server_takes_is_kept_aside()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Convert("text", "a\0b").Quarantine, Is.EqualTo("nul-byte"));
            Assert.That(Convert("text", new InvalidText([0x48, 0xE9])).Quarantine, Is.EqualTo("invalid-utf8"));
            Assert.That(Convert("text", Encoding.UTF8.GetBytes("blob é")).Value, Is.EqualTo("blob é"));
            Assert.That(Convert("text", 12L).Value, Is.EqualTo("12"));
        }
    }

    [TestCase("truncate", "👩🎨é", "too-long", null)]
    [TestCase("default", null, "too-long", null)]
    [TestCase("quarantine", null, null, "too-long")]
    public void Length_is_counted_in_characters_as_the_server_counts(string overflow, string? expected, string? note, string? quarantine)
    {
        var rule = new ColumnRule("c", []) { Max = 3, Overflow = Enum.Parse<Overflow>(overflow, ignoreCase: true) };
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Convert("text", "👩🎨é", rule), Is.EqualTo(((object?)"👩🎨é", (string?)null, (string?)null)), "three characters, five UTF-16 units");
            Assert.That(Convert("text", "👩🎨é!", rule), Is.EqualTo(((object?)expected, note, quarantine)));
        }
    }

    [TestCase("done", "completed", null)]
    [TestCase("Failed ", "failed", null)]
    [TestCase("running", "cancelled", "status-settled")]
    [TestCase("étrange", null, "unknown-status")]
    public void Statuses(string raw, string? expected, string? note)
    {
        var rule = SchemaMap.Default.Tables.Single(table => table.Target == "generation_jobs").Columns.Single(column => column.To == "status");
        Assert.That(Convert("status", raw, rule), Is.EqualTo(((object?)expected, note, (string?)null)));
    }

    [TestCase("/media/avatars/p1.png", "/media/p1.png")]
    [TestCase("/media/lost/p1.png", "/media/p1.png")]
    [TestCase("https://x/p1.png", "https://x/p1.png")]
    [TestCase("", null)]
    public void Addresses_of_files_follow_their_files(string raw, string? expected) =>
        Assert.That(Convert("media-url", raw).Value, Is.EqualTo(raw.Contains("lost", StringComparison.Ordinal) ? raw : expected));

    [Test]
    public void Keys_of_text_order_as_UTF8_bytes()
    {
        var keys = new[] { "a", "b", "é", "\uE000", "\uFFFD", "🎨" };
        var ordered = keys.Reverse().Select(key => RowKey.Of(key)).Order().Select(key => key.Text);
        Assert.That(ordered, Is.EqualTo(keys.OrderBy(key => System.Convert.ToHexString(Encoding.UTF8.GetBytes(key)), StringComparer.Ordinal)));
    }

    [Test]
    public void The_namespace_and_form_of_stable_UUIDs_never_change()
    {
        // Made by another implementation of version 5 (Python uuid.uuid5); rows already moved have these.
        using (Assert.EnterMultipleScope())
        {
            Assert.That(StableUuid.Namespace, Is.EqualTo(Guid.Parse(NamespaceText)));
            Assert.That(StableUuid.Of("generation_jobs", new KeyId(1, null)), Is.EqualTo(FirstJob));
        }
    }

    private const string NamespaceText = "654a5153-af24-5fbd-93b2-f6ee94dd7497";
    private const string FirstJob = "a213615f-42b6-586c-9cba-3ffdeefad0a4";
}
