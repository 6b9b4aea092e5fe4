namespace Cake.Frosting.Internal;

/// <summary>A class that the program named as context or lifetime; its attributes declare options and exit codes.</summary>
internal sealed record HostedType(Type Type);
