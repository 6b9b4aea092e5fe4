namespace Seidra.Database;

/// <summary>The converters by the names that the map uses.</summary>
internal static class Converters
{
    private static readonly Dictionary<string, IConverter> _byName = new(StringComparer.Ordinal)
    {
        ["text"] = new TextConverter(),
        ["status"] = new StatusConverter(),
        ["boolean"] = new BooleanConverter(),
        ["integer"] = new IntegerConverter(),
        ["float"] = new FloatConverter(),
        ["timestamp"] = new TimestampConverter(),
        ["media-path"] = new MediaPathConverter(),
        ["media-url"] = new MediaUrlConverter(),
        ["json-object"] = new JsonConverter(new JsonObjectShape()),
        ["json-strings"] = new JsonConverter(new JsonStringsShape()),
        ["json-paths"] = new JsonConverter(new JsonPathsShape()),
        ["json-parameters"] = new JsonConverter(new JsonParametersShape()),
        ["json-flags"] = new JsonConverter(new JsonFlagsShape()),
    };

    public static IReadOnlyCollection<string> Names => _byName.Keys;

    public static IConverter? Find(string name) => _byName.GetValueOrDefault(name);

    public static IConverter Get(string name) => _byName[name];

    /// <summary>Whether a default of the map is a value that the converter takes as it is.</summary>
    public static bool Accepts(this IConverter converter, string text)
    {
        var row = new RowVerdict("0", path => path);
        return converter.Convert(text, new ColumnRule("default", []), row) is not null && row.Notes.Count == 0 && row.Reason is null;
    }
}
