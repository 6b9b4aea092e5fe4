using BCrypt.Net;

namespace Seidra.Sandbox.Servers;

/// <summary>Password hashes as Ultimate's backend makes them: bcrypt, revision 2b, cost 12 (some 0.25 s of work).</summary>
internal static class PasswordHash
{
    private const int Cost = 12;

    /// <summary>A fresh hash of the password.</summary>
    public static string Create(string password) => BCrypt.Net.BCrypt.HashPassword(password, BCrypt.Net.BCrypt.GenerateSalt(Cost, 'b'));

    /// <summary>Whether the password belongs to the hash; false for a hash that is none.</summary>
    public static bool Matches(string password, string hash)
    {
        try
        {
            return BCrypt.Net.BCrypt.Verify(password, hash);
        }
        catch (Exception error) when (error is SaltParseException or ArgumentException)
        {
            return false;
        }
    }
}
