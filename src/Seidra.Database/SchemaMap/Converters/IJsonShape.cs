using System.Text.Json;

namespace Seidra.Database;

/// <summary>A shape of JSON that Ultimate's code can read.</summary>
internal interface IJsonShape
{
    /// <summary>Writes the value in this shape; writes nothing where it cannot be brought into it.</summary>
    /// <param name="value">What Classic holds.</param>
    /// <param name="writer">Takes the shaped value.</param>
    /// <param name="row">The row, for its media paths.</param>
    /// <param name="altered">Set where something was left out or changed so that the original must be noted.</param>
    void Write(JsonElement value, Utf8JsonWriter writer, RowVerdict row, ref bool altered);
}
