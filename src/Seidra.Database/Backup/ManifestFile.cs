using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seidra.Database;

/// <summary>Reads and writes the manifest; its own SHA-256 makes an edited manifest as visible as an edited file.</summary>
internal static class ManifestFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes the manifest into a folder, durably, and gives it back with its hash.</summary>
    public static BackupManifest Write(string folder, BackupManifest manifest)
    {
        var signed = manifest with { Sha256 = HashOf(manifest) };
        var path = Path.Combine(folder, BackupManifest.FileName);
        File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(signed, Options));
        Durable.FlushFile(path);
        return signed;
    }

    /// <summary>Reads the manifest of a backup.</summary>
    /// <exception cref="DatabaseException">There is none, or it was changed after it was written.</exception>
    public static BackupManifest Read(string folder)
    {
        var path = Path.Combine(folder, BackupManifest.FileName);
        if (!File.Exists(path))
            throw new DatabaseException($"Expected a finished backup in {folder}, found no {BackupManifest.FileName}. Make the backup again: --target=BackupDatabase.");
        BackupManifest? manifest;
        try
        {
            var bytes = File.ReadAllBytes(path);
            RequireFormat(path, bytes);
            manifest = JsonSerializer.Deserialize<BackupManifest>(bytes, Options);
        }
        catch (JsonException error)
        {
            throw new DatabaseException($"The manifest {path} is damaged ({error.Message}). Make the backup again: --target=BackupDatabase.", error);
        }

        if (manifest is null || manifest.Sha256 != HashOf(manifest))
            throw new DatabaseException($"The manifest {path} was changed after it was written (its SHA-256 differs). Make the backup again: --target=BackupDatabase.");
        return manifest;
    }

    // Before anything else is read: another layout has other fields, which must not look like an edited manifest.
    private static void RequireFormat(string path, byte[] bytes)
    {
        var format = JsonSerializer.Deserialize<Layout>(bytes, Options)?.Format;
        if (format is not BackupManifest.CurrentFormat)
            throw new DatabaseException($"Expected a backup of format {BackupManifest.CurrentFormat} at {path}, found format {format ?? 1}: another version of this program made it. Make the backup again: --target=BackupDatabase.");
    }

    private static string HashOf(BackupManifest manifest) => Convert.ToHexStringLower(
        SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(manifest with { Sha256 = "" }, Options)));

    private sealed record Layout(int? Format);
}
