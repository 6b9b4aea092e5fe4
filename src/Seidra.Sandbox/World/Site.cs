namespace Seidra.Sandbox.World;

/// <summary>A database and where its password lies.</summary>
internal sealed record SiteDatabase(string Url, string? PasswordFile = null)
{
    /// <summary>The URL with the password, for a process' environment.</summary>
    public string Secret => DatabaseUrl.WithPassword(Url, PasswordFile);
}

/// <summary>A media store and where its keys lie; endpoint, region and keys only for a bucket.</summary>
internal sealed record SiteMedia(string Url, string? Endpoint = null, string? Region = null, string? AccessKeyFile = null, string? SecretKeyFile = null);

/// <summary>The data that a world stands on, made and served.</summary>
/// <param name="ClassicDatabase">Classic's database.</param>
/// <param name="ClassicMedia">Classic's media.</param>
/// <param name="UltimateDatabase">The empty database waiting for Ultimate.</param>
/// <param name="UltimateBucket">The empty bucket waiting for Ultimate, or null where it has none.</param>
/// <param name="Repository">Ultimate's git repository.</param>
/// <param name="Commit">The commit to run.</param>
/// <param name="Probe">Who the probe is and what it looks at.</param>
internal sealed record Site(
    SiteDatabase ClassicDatabase,
    SiteMedia ClassicMedia,
    SiteDatabase UltimateDatabase,
    SiteMedia? UltimateBucket,
    string Repository,
    string Commit,
    ProbeUsers Probe);
