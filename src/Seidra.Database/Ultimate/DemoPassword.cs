using System.Security.Cryptography;
using System.Text;
using Bcrypt = BCrypt.Net.BCrypt;

namespace Seidra.Database;

/// <summary>Passwords of the demo account: what Ultimate's backend accepts, hashed as it hashes (<c>$2b$12$</c>).</summary>
internal static class DemoPassword
{
    private const int WorkFactor = 12;
    private const int MinimumCharacters = 12;

    /// <summary>bcrypt reads 72 bytes and ignores the rest, so that two long passwords could be one.</summary>
    private const int MaximumBytes = 72;

    /// <summary>Throws unless the backend would accept the password.</summary>
    /// <exception cref="DatabaseException">Too short, too long, or known; the password is not repeated.</exception>
    public static void Require(string password)
    {
        var bytes = Encoding.UTF8.GetByteCount(password);
        if (password.Length < MinimumCharacters || password.Trim().Length != password.Length)
            throw new DatabaseException($"The demo account's new password must have {MinimumCharacters} characters or more and no space at its ends; Ultimate refuses others. Generate one: openssl rand -base64 24.");
        if (bytes > MaximumBytes || password.Contains('\0'))
            throw new DatabaseException($"The demo account's new password has {bytes} bytes; bcrypt takes {MaximumBytes} at most and no NUL. Generate one: openssl rand -base64 24.");
        if (password.Distinct().Count() < MinimumCharacters / 2)
            throw new DatabaseException("The demo account's new password repeats very few characters. Generate one: openssl rand -base64 24.");
    }

    /// <summary>The hash of a password.</summary>
    public static string Hash(string password) => Bcrypt.HashPassword(password, Bcrypt.GenerateSalt(WorkFactor, 'b'));

    /// <summary>A hash that no password is known for: the account exists and nobody gets in.</summary>
    public static string Disabled() => Hash(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));

    /// <summary>Whether a hash is that of a password; false for what is no bcrypt hash.</summary>
    public static bool Matches(string password, string hash)
    {
        try
        {
            return Bcrypt.Verify(password, hash);
        }
        catch (Exception error) when (error is BCrypt.Net.SaltParseException or ArgumentException or FormatException)
        {
            return false;
        }
    }
}
