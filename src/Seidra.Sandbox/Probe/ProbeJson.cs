using System.Text.Json.Serialization;

namespace Seidra.Sandbox.Probe;

/// <summary>What both products' <c>POST /api/jobs</c> takes.</summary>
/// <param name="Username">Whose job it is.</param>
/// <param name="Prompt">What to generate.</param>
/// <param name="ModelName">With what.</param>
internal sealed record ProbeJobBody(string Username, string Prompt, string ModelName);

/// <summary>Serializers made at compile time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ProbeJobBody))]
internal sealed partial class ProbeJson : JsonSerializerContext;
