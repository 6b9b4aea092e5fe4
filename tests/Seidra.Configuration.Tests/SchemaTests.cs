using System.Reflection;
using System.Text.Json.Nodes;
using NJsonSchema;
using YamlDotNet.RepresentationModel;

namespace Seidra.Configuration.Tests;

public class SchemaTests
{
    private static readonly string Folder = TestContext.CurrentContext.TestDirectory;

    [Test]
    public void The_committed_schema_is_the_one_that_the_model_makes() =>
        Assert.That(File.ReadAllText(Path.Combine(Folder, "seidra.schema.json")), Is.EqualTo(SettingsSchema.Json));

    [Test]
    public void It_says_which_JSON_schema_it_is() =>
        Assert.That((string)JsonNode.Parse(SettingsSchema.Json)!["$schema"]!, Is.EqualTo("https://json-schema.org/draft/2020-12/schema"));

    [Test]
    public void The_example_loads_with_the_secrets_that_it_names()
    {
        var settings = SettingsLoader.Load(Given.Sources(Path.Combine(Folder, "seidra.example.yaml"), environment:
        [
            ("CLASSIC_DB_PASSWORD", "1"), ("CLASSIC_MINIO_ACCESS_KEY", "2"), ("CLASSIC_MINIO_SECRET_KEY", "3"),
            ("ULTIMATE_DB_PASSWORD", "4"), ("ULTIMATE_MINIO_ACCESS_KEY", "5"), ("ULTIMATE_MINIO_SECRET_KEY", "6"),
        ]));

        Assert.That(settings.Ultimate.Media.Bucket!.SecretKey!.Reveal(), Is.EqualTo("6"));
    }

    [Test]
    public void The_example_names_every_key_in_the_order_of_the_model() =>
        Assert.That(ExampleKeys(), Is.EqualTo(SchemaKeys().Select(k => k.Path)));

    [Test]
    public void Every_key_is_documented_by_a_comment_of_its_own()
    {
        var keys = SchemaKeys();

        Assert.Multiple(() =>
        {
            Assert.That(keys.Where(k => k.Schema["description"] is null).Select(k => k.Path), Is.Empty);
            Assert.That(keys.Select(k => (string?)k.Schema["description"]), Has.All.Length.GreaterThan(8).And.All.EndsWith("."));
        });
    }

    [Test]
    public void Values_that_the_example_shows_for_optional_keys_are_their_defaults()
    {
        var example = ExampleValues();
        var shown = SchemaKeys().Where(k => k.Schema["default"] is not null).ToList();

        Assert.That(shown, Has.Count.GreaterThan(25));
        foreach (var (path, schema) in shown)
            Assert.That(example[path]?.ToJsonString(), Is.EqualTo(schema["default"]!.ToJsonString()), path);
    }

    [Test]
    public async Task The_example_is_valid_by_the_schema()
    {
        var schema = await JsonSchema.FromJsonAsync(SettingsSchema.Json);

        Assert.That(schema.Validate(Json(Example()).ToJsonString()).Select(e => e.ToString()), Is.Empty);
    }

    [TestCase("freeze", "{\"deadlineSeconds\": 0}")]
    [TestCase("freeze", "{\"deadlineSeconds\": \"30\"}")]
    [TestCase("freeze", "{\"deadline\": 30}")]
    [TestCase("staging", "{\"runtime\": \"docker\"}")]
    [TestCase("demo", "{\"initialPassword\": \"plain\"}")]
    [TestCase("quality", "{\"command\": \"make\"}")]
    [TestCase("instance", "null")]
    [TestCase("instance", "\"my studio\"")]
    [TestCase("unknown", "1")]
    public async Task What_the_program_refuses_an_editor_underlines(string key, string value)
    {
        var schema = await JsonSchema.FromJsonAsync(SettingsSchema.Json);
        var settings = (JsonObject)Json(Example());
        settings[key] = JsonNode.Parse(value);

        Assert.That(schema.Validate(settings.ToJsonString()), Is.Not.Empty);
    }

    [Test]
    public void Every_record_of_the_model_is_sealed_and_cannot_be_changed()
    {
        var records = new HashSet<Type>();
        Collect(typeof(SeidraSettings), records);

        Assert.Multiple(() =>
        {
            Assert.That(records, Has.Count.GreaterThan(20));
            Assert.That(records.Where(r => !r.IsSealed), Is.Empty);
            Assert.That(records.SelectMany(r => r.GetProperties()).Where(p => !IsInitOnly(p)).Select(p => p.Name), Is.Empty);
        });
    }

    private static void Collect(Type type, HashSet<Type> records)
    {
        if (type.Namespace != typeof(SeidraSettings).Namespace || type.IsEnum || type == typeof(Secret) || !records.Add(type))
            return;
        foreach (var property in type.GetProperties())
            Collect(property.PropertyType, records);
    }

    private static bool IsInitOnly(PropertyInfo property) => property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers()
        .Contains(typeof(System.Runtime.CompilerServices.IsExternalInit));

    private static List<(string Path, JsonObject Schema)> SchemaKeys()
    {
        var keys = new List<(string, JsonObject)>();
        Walk(JsonNode.Parse(SettingsSchema.Json)!.AsObject(), "");
        return keys;

        void Walk(JsonObject schema, string prefix)
        {
            foreach (var (name, key) in schema["properties"]?.AsObject() ?? [])
            {
                keys.Add((prefix + name, key!.AsObject()));
                Walk(key.AsObject(), prefix + name + ".");
            }
        }
    }

    private static List<string> ExampleKeys() => [.. ExampleValues().Keys];

    private static Dictionary<string, JsonNode?> ExampleValues()
    {
        var values = new Dictionary<string, JsonNode?>();
        Walk(Json(Example()).AsObject(), "");
        return values;

        void Walk(JsonObject section, string prefix)
        {
            foreach (var (name, value) in section)
            {
                values[prefix + name] = value;
                if (value is JsonObject inner)
                    Walk(inner, prefix + name + ".");
            }
        }
    }

    private static YamlNode Example()
    {
        var yaml = new YamlStream();
        yaml.Load(File.OpenText(Path.Combine(Folder, "seidra.example.yaml")));
        return yaml.Documents[0].RootNode;
    }

    private static JsonNode Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Value(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Value)]),
        _ => Value(node)!,
    };

    // Independent of the loader: plain scalars by the JSON rules of YAML 1.2.
    private static JsonNode? Value(YamlNode node)
    {
        if (node is not YamlScalarNode { Value: { } text })
            return Json(node);
        if (text is "null" or "true" or "false" || long.TryParse(text, out _) && !text.StartsWith("00"))
            return JsonNode.Parse(text);
        return JsonValue.Create(text);
    }
}
