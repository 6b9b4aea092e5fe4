namespace Cake.Frosting.Internal;

/// <summary>A value of Cake's configuration that the program chose.</summary>
internal sealed record CakeSetting(string Key, string Value);
