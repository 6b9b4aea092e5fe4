namespace Seidra.Delivery;

/// <summary>What a value is.</summary>
public enum SecretKind
{
    /// <summary>A random value that the program may generate.</summary>
    Generated,

    /// <summary>A value that the operator knows: a password or key of something else.</summary>
    Given,

    /// <summary>The address of a database, with driver.</summary>
    DatabaseUrl,

    /// <summary>The address of a Redis.</summary>
    RedisUrl,
}

/// <summary>What Ultimate's backend needs to find under a name.</summary>
/// <param name="Name">The variable it reads.</param>
/// <param name="Kind">What the value is.</param>
/// <param name="MinimumLength">The least number of characters.</param>
/// <param name="Required">True where production does not start safely without it.</param>
public sealed record SecretRule(string Name, SecretKind Kind, int MinimumLength, bool Required);
