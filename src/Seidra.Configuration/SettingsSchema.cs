using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Seidra.Configuration;

/// <summary>The JSON schema (draft 2020-12) of the settings file, made from the records and from the comments of the example.</summary>
public static class SettingsSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text of <c>seidra.schema.json</c>.</summary>
    public static string Json
    {
        get
        {
            var descriptions = SettingsExample.Descriptions();
            var schema = new JsonObject { ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = "SEIDRA Cutover settings" };
            AddSection(schema, ModelSection.Root, "", descriptions);
            return schema.ToJsonString(Indented) + "\n";
        }
    }

    private static void AddSection(JsonObject schema, ModelSection section, string prefix, IReadOnlyDictionary<string, string> descriptions)
    {
        schema["type"] = "object";
        schema["additionalProperties"] = false;
        var required = section.Keys.Where(k => k.Required).Select(k => (JsonNode)k.Name).ToArray();
        if (required.Length > 0)
            schema["required"] = new JsonArray(required);
        var properties = new JsonObject();
        foreach (var key in section.Keys)
            properties[key.Name] = Key(key, prefix + key.Name, descriptions);
        schema["properties"] = properties;
    }

    private static JsonObject Key(ModelKey key, string path, IReadOnlyDictionary<string, string> descriptions)
    {
        var schema = new JsonObject();
        if (descriptions.TryGetValue(path, out var description))
            schema["description"] = description;
        if (key.Section is { } section)
            AddSection(schema, section, path + ".", descriptions);
        else
            AddValue(schema, key);
        if (!key.Required)
            schema["type"] = new JsonArray(schema["type"]!.GetValue<string>(), "null");
        return schema;
    }

    private static void AddValue(JsonObject schema, ModelKey key)
    {
        schema["type"] = key.Kind switch
        {
            ModelKind.Integer => "integer",
            ModelKind.Number => "number",
            ModelKind.Flag => "boolean",
            ModelKind.List => "array",
            _ => "string",
        };
        if (key.Kind == ModelKind.List)
            schema["items"] = new JsonObject { ["type"] = "string" };
        if (key.Kind == ModelKind.Secret)
            schema["pattern"] = SecretResolver.Pattern;
        if (key.Kind == ModelKind.Choice)
            schema["enum"] = new JsonArray([.. ModelNames.Choices(key.Property.PropertyType).Keys.Select(c => (JsonNode)c), .. key.Required ? [] : new JsonNode?[] { null }]);
        foreach (var rule in key.Rules)
            rule.AddTo(schema);
        if (!key.Required && key.Default is not null && key.DefaultsTo is null)
            schema["default"] = key.Kind == ModelKind.Choice ? ModelNames.Kebab(key.Default.ToString()!) : JsonSerializer.SerializeToNode(key.Default);
    }
}
