using System.Text.Json.Serialization;

namespace Seidra.Media;

/// <summary>Serialisation of the ledger's lines without reflection.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class FlatNamesJson : JsonSerializerContext;
