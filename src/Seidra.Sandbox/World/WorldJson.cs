using System.Text.Json.Serialization;
using Seidra.Sandbox.Door;

namespace Seidra.Sandbox.World;

/// <summary>Serializers made at compile time: a start must not pay for reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(WorldFile))]
[JsonSerializable(typeof(WorldMaking))]
[JsonSerializable(typeof(WorldPorts))]
[JsonSerializable(typeof(RecordedService))]
[JsonSerializable(typeof(ProcessIdentity))]
[JsonSerializable(typeof(ProbeFigures))]
[JsonSerializable(typeof(DoorState))]
[JsonSerializable(typeof(HoldRequest))]
internal sealed partial class WorldJson : JsonSerializerContext;
