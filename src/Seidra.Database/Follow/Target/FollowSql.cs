namespace Seidra.Database;

/// <summary>Where the two engines' words differ.</summary>
internal sealed class FollowSql(DatabaseKind kind)
{
    /// <summary>Membership in a list that is one parameter.</summary>
    public string In(int parameter) => kind == DatabaseKind.PostgreSql
        ? $"= ANY(${parameter})"
        : $"IN (SELECT value FROM json_each(${parameter}))";

    /// <summary>The same for a list of hashes.</summary>
    public string InHashes(int parameter) => kind == DatabaseKind.PostgreSql
        ? $"= ANY(${parameter})"
        : $"IN (SELECT unhex(value) FROM json_each(${parameter}))";
}
