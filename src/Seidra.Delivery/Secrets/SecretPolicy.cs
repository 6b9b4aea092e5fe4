namespace Seidra.Delivery;

/// <summary>
/// Holds secrets against what Ultimate's backend really reads and against values that anybody can look up (upstream's
/// compose files, examples and code).
/// </summary>
public static class SecretPolicy
{
    private const int DistinctCharacters = 5;

    // Refused under any name: long enough to be told from an innocent value.
    private static readonly HashSet<string> PublicValues = new(StringComparer.OrdinalIgnoreCase)
    {
        "seidra-mystical-secret-key-change-in-production", "ultimate-demo-token", "change-me-grafana", "minioadmin",
    };

    // Refused where the name says that the value is a secret.
    private static readonly HashSet<string> CommonWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "admin", "password", "seidra", "demo", "changeme", "change-me", "secret", "postgres", "root", "test", "grafana", "minio",
    };

    private static readonly string[] SecretEndings = ["PASSWORD", "SECRET", "SECRET_KEY", "ACCESS_KEY", "TOKEN", "API_KEY"];

    /// <summary>Names that the backend reads, and what it needs to find there.</summary>
    public static IReadOnlyList<SecretRule> Rules { get; } =
    [
        new("SEIDRA_DATABASE_URL", SecretKind.DatabaseUrl, 1, Required: true),
        new("JWT_SECRET", SecretKind.Generated, 32, Required: true),
        new("SEIDRA_DEFAULT_USER_PASSWORD", SecretKind.Generated, 12, Required: true),
        new("SEIDRA_WS_TOKEN", SecretKind.Generated, 32, Required: true),
        new("SEIDRA_MINIO_ACCESS_KEY", SecretKind.Given, 3, Required: false),
        new("SEIDRA_MINIO_SECRET_KEY", SecretKind.Given, 8, Required: false),
        new("SEIDRA_REDIS_URL", SecretKind.RedisUrl, 1, Required: false),
        new("SEIDRA_CELERY_BROKER", SecretKind.RedisUrl, 1, Required: false),
        new("SEIDRA_CELERY_BACKEND", SecretKind.RedisUrl, 1, Required: false),
        new("SEIDRA_RATE_LIMIT_REDIS_URL", SecretKind.RedisUrl, 1, Required: false),
    ];

    /// <summary>All problems of a set of secrets, in the order of the rules; none: good.</summary>
    /// <param name="values">Names and values, other variables of the file included.</param>
    public static IReadOnlyList<SecretProblem> Check(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return
        [
            .. Rules.Select(rule => values.TryGetValue(rule.Name, out var value) && value.Length > 0 ? Check(rule, value) : Missing(rule, values)).OfType<SecretProblem>(),
            .. values.Where(pair => !Rules.Any(rule => rule.Name == pair.Key) && IsKnownDefault(pair.Key, pair.Value)).Select(pair => Known(pair.Key)),
        ];
    }

    private static SecretProblem? Missing(SecretRule rule, IReadOnlyDictionary<string, string> values)
    {
        if (!rule.Required) return null;
        var hint = rule.Name == "JWT_SECRET" && values.ContainsKey("SECRET_KEY") ? " (SECRET_KEY is set, but the backend reads JWT_SECRET)" : "";
        return new SecretProblem(rule.Name, SecretFault.Missing, $"{rule.Name}: expected a value, found none{hint}. Run PrepareSecrets, or set it.");
    }

    private static SecretProblem? Check(SecretRule rule, string value) => rule.Kind switch
    {
        SecretKind.DatabaseUrl => SecretUrl.CheckDatabase(rule.Name, value),
        SecretKind.RedisUrl => SecretUrl.CheckRedis(rule.Name, value),
        _ when IsKnownDefault(rule.Name, value) => Known(rule.Name),
        _ when value.Length < rule.MinimumLength => new SecretProblem(
            rule.Name, SecretFault.Weak, $"{rule.Name}: expected {rule.MinimumLength} characters or more, found {value.Length}. Choose a longer value."),
        SecretKind.Generated when value.Distinct().Count() < DistinctCharacters => new SecretProblem(
            rule.Name, SecretFault.Weak, $"{rule.Name}: expected {DistinctCharacters} different characters or more. Choose a random value."),
        _ => null,
    };

    private static bool IsKnownDefault(string name, string value) =>
        PublicValues.Contains(value.Trim()) || (Array.Exists(SecretEndings, ending => name.EndsWith(ending, StringComparison.Ordinal)) && CommonWords.Contains(value.Trim()));

    /// <summary>The problem of a value that anybody can look up.</summary>
    internal static SecretProblem Known(string name) =>
        new(name, SecretFault.KnownDefault, $"{name}: holds a default that anybody can look up. Replace it with a value of your own.");

    /// <summary>True for a password in a URL that anybody would try first.</summary>
    internal static bool IsCommon(string password) => CommonWords.Contains(password) || PublicValues.Contains(password);
}
