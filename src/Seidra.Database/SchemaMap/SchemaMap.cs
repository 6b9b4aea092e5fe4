using System.Globalization;
using System.IO.Hashing;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Seidra.Database;

/// <summary>
/// How Classic's tables and columns become Ultimate's: names and their synonyms, conversions, defaults, what goes to
/// quarantine. Read from YAML; immutable.
/// </summary>
public sealed class SchemaMap
{
    private static readonly Lazy<SchemaMap> _default = new(() => Parse(null, ""));

    private SchemaMap(IReadOnlyList<TableRule> tables, string fingerprint)
    {
        Tables = tables;
        Fingerprint = fingerprint;
    }

    /// <summary>The built-in map of the three known shapes of Classic.</summary>
    public static SchemaMap Default => _default.Value;

    /// <summary>A hash of the map's text: rows moved by another map are looked at again.</summary>
    public string Fingerprint { get; }

    internal IReadOnlyList<TableRule> Tables { get; }

    /// <summary>The built-in map with a file laid over it: mappings merge, names in <c>from</c> come first, all else replaces.</summary>
    /// <param name="file">Path of a YAML file; null for the built-in map alone.</param>
    /// <exception cref="DatabaseException">The file cannot be read or does not make a map; all problems, with their lines.</exception>
    public static SchemaMap Load(string? file)
    {
        if (file is null)
            return Default;
        try
        {
            return Parse(File.ReadAllText(file), file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseException($"Expected a schema map at {file}, but it cannot be read ({error.Message}). Correct schema.map in the settings.", error);
        }
    }

    /// <summary>The same with the YAML text at hand.</summary>
    /// <param name="extension">YAML text; null for the built-in map alone.</param>
    /// <param name="name">What its lines are called in problems.</param>
    internal static SchemaMap Parse(string? extension, string name)
    {
        var problems = new MapProblems();
        var builtIn = BuiltIn();
        var root = Root(builtIn, "default map") ?? new YamlMappingNode();
        if (extension is not null && Root(extension, name) is { } over)
        {
            problems.Extension(name, over.AllNodes);
            MapLayers.Lay(over, root);
        }

        var tables = MapReader.Read(root, problems);
        problems.ThrowIfAny();
        var text = Encoding.UTF8.GetBytes($"{builtIn}\n---\n{extension}");
        return new SchemaMap(tables, XxHash128.HashToUInt128(text).ToString("x32", CultureInfo.InvariantCulture));
    }

    private static YamlMappingNode? Root(string yaml, string name)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException error)
        {
            throw new DatabaseException($"{name}:{error.Start.Line}: expected YAML, found: {error.InnerException?.Message ?? error.Message}", error);
        }

        if (stream.Documents.Count == 0)
            return null;
        return stream.Documents[0].RootNode as YamlMappingNode
            ?? throw new DatabaseException($"{name}:1: expected a mapping with 'tables', found something else.");
    }

    private static string BuiltIn()
    {
        using var stream = typeof(SchemaMap).Assembly.GetManifestResourceStream("default-map.yaml")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
