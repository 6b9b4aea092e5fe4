using System.Text.Json;
using System.Text.Json.Nodes;

namespace Seidra.Cutover.Steps;

/// <summary>Turns figures of a step into the JSON that journal and report share.</summary>
public static class Figures
{
    private static readonly JsonSerializerOptions Camel = new(JsonSerializerDefaults.Web);

    /// <summary>The JSON object of <paramref name="value"/>, property names in camel case.</summary>
    public static JsonObject Of(object value) => value as JsonObject ?? (JsonObject)JsonSerializer.SerializeToNode(value, value.GetType(), Camel)!;
}
