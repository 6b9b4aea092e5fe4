using System.Security.Cryptography;

namespace Seidra.Delivery;

/// <summary>Makes strong secret values.</summary>
public static class SecretGenerator
{
    /// <summary>Letters and digits: they need no quoting in .env files, URLs, YAML, JSON or shells.</summary>
    public const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>A random value from the system's cryptographic generator; 43 characters hold 256 bits.</summary>
    /// <param name="length">Characters, 12 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">Shorter than 12.</exception>
    public static string Generate(int length = 43)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 12);
        return RandomNumberGenerator.GetString(Alphabet, length);
    }
}
