using System.Globalization;
using Seidra.Sandbox.Machines;

namespace Seidra.Sandbox.World;

/// <summary>The environment that Classic's process reads; secrets travel here and nowhere else.</summary>
internal static class ClassicEnvironment
{
    /// <summary>The variables for this site.</summary>
    public static IReadOnlyDictionary<string, string> For(WorldLayout layout, Site site, int port)
    {
        var environment = new Dictionary<string, string>
        {
            ["SEIDRA_PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["SEIDRA_DATABASE_URL"] = site.ClassicDatabase.Secret,
            ["SEIDRA_MEDIA_URL"] = site.ClassicMedia.Url,
            ["JWT_SECRET"] = SecretFile.ReadOrCreate(Path.Combine(layout.Secrets, "classic-jwt")),
        };
        if (site.ClassicMedia.Endpoint is { } endpoint)
        {
            environment["SEIDRA_MINIO_ENDPOINT"] = endpoint;
            environment["SEIDRA_MINIO_ACCESS_KEY"] = SecretFile.ReadOrCreate(site.ClassicMedia.AccessKeyFile!);
            environment["SEIDRA_MINIO_SECRET_KEY"] = SecretFile.ReadOrCreate(site.ClassicMedia.SecretKeyFile!);
        }

        return environment;
    }
}
