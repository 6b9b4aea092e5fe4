using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Seidra.Sandbox.Machines;

namespace Seidra.Sandbox.World;

/// <summary>Writes the world's settings file, <c>seidra.yaml</c>: what an operator would write for this Classic and Ultimate.</summary>
internal static class SettingsWriter
{
    private const int DeadlineSeconds = 30;

    // JSON strings are YAML strings too; only what YAML would misread needs the escape.
    private static readonly JsonSerializerOptions Strings = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the file where its content has changed; secrets are references to files.</summary>
    public static void Write(WorldLayout layout, Site site, WorldMaking making, WorldEndpoints endpoints)
    {
        var demoPassword = Path.Combine(layout.Secrets, "demo-initial-password");
        SecretFile.ReadOrCreate(demoPassword);
        var yaml = new StringBuilder()
            .AppendLine("# Written by the rehearsal's world at each start: describes the stand-ins it serves. Changes are overwritten.")
            .AppendLine("version: 1")
            .AppendLine(CultureInfo.InvariantCulture, $"instance: rehearsal-{making.Profile}")
            .AppendLine("classic:")
            .AppendLine($"  url: {Text(endpoints.ClassicUrl)}");
        Database(yaml, site.ClassicDatabase);
        yaml.AppendLine("  media:");
        Media(yaml, site.ClassicMedia, "    ");
        yaml.AppendLine("  pathPrefixes: [/app/uploads/, /data/media/, uploads/]")
            .AppendLine("ultimate:")
            .AppendLine($"  url: {Text(endpoints.UltimateUrl)}")
            .AppendLine("  repository:")
            .AppendLine($"    url: {Text(site.Repository)}")
            .AppendLine($"    commit: {Text(site.Commit)}");
        Database(yaml, site.UltimateDatabase, scratch: "seidra_drill");
        yaml.AppendLine("  media:");
        if (site.UltimateBucket is { } bucket)
        {
            yaml.AppendLine("    bucket:");
            Media(yaml, bucket, "      ");
        }

        yaml.AppendLine($"    directory: {Text(layout.UltimateMedia)}")
            .AppendLine("staging:")
            .AppendLine($"  url: {Text(endpoints.StagingUrl)}");
        Service(yaml, layout, endpoints.StagingUrl);
        yaml.AppendLine("production:");
        Service(yaml, layout, endpoints.UltimateUrl);
        yaml.AppendLine("quality:")
            .AppendLine("  command: [./scripts/ci-report.sh]")
            .AppendLine("  endToEnd: reports/qa/e2e/junit.xml")
            .AppendLine("  standIn: true")
            .AppendLine("traffic:")
            .AppendLine("  provider: door")
            .AppendLine($"  url: {Text(endpoints.DoorUrl)}")
            .AppendLine($"  adminUrl: {Text(endpoints.DoorAdminUrl)}")
            .AppendLine($"  adminToken: {Text("file:" + layout.DoorTokenFile)}")
            .AppendLine("freeze:")
            .AppendLine(CultureInfo.InvariantCulture, $"  deadlineSeconds: {DeadlineSeconds}")
            .AppendLine("demo:")
            .AppendLine("  username: demo")
            .AppendLine($"  initialPassword: {Text("file:" + demoPassword)}");
        AtomicFile.Write(layout.SettingsFile, yaml.ToString());
    }

    private static void Database(StringBuilder yaml, SiteDatabase database, string? scratch = null)
    {
        yaml.AppendLine("  database:").AppendLine($"    url: {Text(database.Url)}");
        if (database.PasswordFile is null)
            return;
        yaml.AppendLine($"    password: {Text("file:" + database.PasswordFile)}");
        if (scratch is not null)
            yaml.AppendLine($"    scratch: {scratch}");
    }

    private static void Media(StringBuilder yaml, SiteMedia media, string indent)
    {
        yaml.AppendLine($"{indent}url: {Text(media.Url)}");
        if (media.Endpoint is null)
            return;
        yaml.AppendLine($"{indent}endpoint: {Text(media.Endpoint)}")
            .AppendLine($"{indent}region: {Text(media.Region!)}")
            .AppendLine($"{indent}accessKey: {Text("file:" + media.AccessKeyFile)}")
            .AppendLine($"{indent}secretKey: {Text("file:" + media.SecretKeyFile)}");
    }

    private static void Service(StringBuilder yaml, WorldLayout layout, string url)
    {
        var port = new Uri(url).Port.ToString(CultureInfo.InvariantCulture);
        var argv = SandboxProgram.Argv(SandboxProgram.Ultimate, "--port", port, "--world", layout.WorldFile);
        yaml.AppendLine("  runtime: process")
            .AppendLine($"  command: [{string.Join(", ", argv.Select(Text))}]");
    }

    private static string Text(string value) => JsonSerializer.Serialize(value, Strings);
}
