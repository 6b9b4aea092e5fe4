namespace Seidra.Sandbox.Data;

/// <summary>What a generated media directory holds.</summary>
/// <param name="Objects">Number of objects.</param>
/// <param name="SizeBytes">Bytes of all objects.</param>
public sealed record MediaInventory(long Objects, long SizeBytes);
