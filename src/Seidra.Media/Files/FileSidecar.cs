using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Seidra.Media;

/// <summary>Keeps beside a directory's files what a file system cannot keep: one small file per object that has more than
/// the media type its name implies.</summary>
internal sealed class FileSidecar(string privateFolder)
{
    public ObjectMetadata Read(string key)
    {
        var path = PathOf(key);
        if (!File.Exists(path))
        {
            return Implied(key);
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), SidecarJson.Default.ObjectMetadata) ?? Implied(key);
        }
        catch (JsonException error)
        {
            throw new MediaObjectException(
                key, ObjectFailure.Refused, $"The metadata of {key} in {path} is damaged; remove that file or restore it.", error);
        }
    }

    /// <summary>Writes what is to be kept, or removes what an earlier object of the same key left.</summary>
    /// <param name="key">The object's key.</param>
    /// <param name="metadata">What is to be kept.</param>
    /// <param name="temporary">A path on the same file system, for writing before renaming.</param>
    public string? Write(string key, ObjectMetadata metadata, string temporary)
    {
        var path = PathOf(key);
        if (metadata == ObjectMetadata.None || metadata == Implied(key))
        {
            Delete(key);
            return null;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(temporary, JsonSerializer.SerializeToUtf8Bytes(metadata, SidecarJson.Default.ObjectMetadata));
        File.Move(temporary, path, overwrite: true);
        return path;
    }

    public void Delete(string key)
    {
        // Most objects have none, and a failed removal costs far more than a look.
        if (PathOf(key) is var path && File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private static ObjectMetadata Implied(string key) => new() { ContentType = ContentTypes.Of(key) };

    private string PathOf(string key)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        return Path.Combine(privateFolder, "objects", hash[..2], hash + ".json");
    }
}

/// <summary>Serialisation of sidecars without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ObjectMetadata))]
internal sealed partial class SidecarJson : JsonSerializerContext;
