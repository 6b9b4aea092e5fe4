namespace Seidra.Delivery;

/// <summary>Holds the addresses among the secrets against what SQLAlchemy and the Redis client take.</summary>
internal static class SecretUrl
{
    private const string Driver = "postgresql+psycopg";

    public static SecretProblem? CheckDatabase(string name, string value)
    {
        var scheme = value.Split("://")[0];
        if (scheme is "sqlite" && value.StartsWith("sqlite:///", StringComparison.Ordinal)) return null;
        if (scheme != Driver)
        {
            return Malformed(name, scheme is "postgres" or "postgresql" || scheme.StartsWith("postgresql+", StringComparison.Ordinal)
                ? $"expected the driver in the scheme, {Driver}://, found {scheme}://"
                : $"expected {Driver}://user:password@host:5432/database");
        }

        if (!Uri.TryCreate("postgresql" + value[Driver.Length..], UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.AbsolutePath.Length < 2)
        {
            return Malformed(name, $"expected {Driver}://user:password@host:5432/database; special characters in the password are written as %XX");
        }

        return uri.UserInfo.Split(':', 2) is [_, var password] && SecretPolicy.IsCommon(Uri.UnescapeDataString(password)) ? SecretPolicy.Known(name) : null;
    }

    public static SecretProblem? CheckRedis(string name, string value)
    {
        if (!Uri.TryCreate(value, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss") || uri.Host.Length == 0)
        {
            return Malformed(name, "expected redis://:password@host:6379/0");
        }

        return uri.UserInfo.Split(':', 2) is [_, var password] && SecretPolicy.IsCommon(Uri.UnescapeDataString(password)) ? SecretPolicy.Known(name) : null;
    }

    private static SecretProblem Malformed(string name, string what) => new(name, SecretFault.Malformed, $"{name}: {what}. Correct the value.");
}
