namespace Seidra.Sandbox.World;

/// <summary>The profiles that a world can have.</summary>
internal static class SiteBuilders
{
    public const string Embedded = "embedded";
    public const string Services = "services";

    /// <summary>Refuses a profile that does not exist.</summary>
    /// <exception cref="SandboxException">The profile is none of them.</exception>
    public static void Check(string profile)
    {
        if (profile is not (Embedded or Services))
            throw new SandboxException($"Expected the profile {Embedded} or {Services}, found {profile}.");
    }

    /// <summary>The builder of a profile's site.</summary>
    public static ISiteBuilder For(string profile, WorldLayout layout, Action<string> log)
    {
        Check(profile);
        return profile == Services ? new ServicesSite(layout, log) : new EmbeddedSite(layout);
    }
}
