using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seidra.Configuration;

/// <summary>Writes the mask; a serialiser that walked the members would find nothing better either.</summary>
internal sealed class SecretJsonConverter : JsonConverter<Secret>
{
    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new JsonException("A secret is never read from JSON; it is only ever a reference in the settings.");

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Secret.Mask);
}
