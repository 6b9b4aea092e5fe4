namespace Seidra.Database;

/// <summary>One column of Ultimate in the fast encoder.</summary>
internal sealed class ColumnLane
{
    private readonly bool _saysSomething;
    private readonly string? _keyedDefault;
    private readonly byte[] _default;

    public ColumnLane(ColumnBinding column, FieldLane lane)
    {
        Lane = lane;
        Fallbacks = [.. column.Fallbacks];
        IsReference = column.Converter is null;
        // A required value that is missing, or a default that must be noted, is something to be said about the row.
        var text = column.Rule.Default;
        _saysSomething = text is null ? column.Rule.Required : column.Rule.Noted && column.Ordinals.Count > 0;
        _keyedDefault = column.Type == TargetType.Text && text?.Contains(ColumnValues.KeyMark, StringComparison.Ordinal) == true ? text : null;
        var field = new FieldBuffer();
        // The default of a text is its text; that of any other type is what the converter makes of it.
        TupleCodec.Append(field, column.Converter is null ? null : column.Type == TargetType.Text ? text : ColumnValues.Default(column));
        _default = field.Written.ToArray();
    }

    public FieldLane Lane { get; }

    public int[] Fallbacks { get; }

    public bool IsReference { get; }

    /// <summary>Writes the default; false where something is to be said about a missing value.</summary>
    public bool WriteDefault(KeyId key, FieldBuffer into)
    {
        if (_saysSomething)
            return false;
        if (_keyedDefault is not null)
            into.Text(_keyedDefault.Replace(ColumnValues.KeyMark, key.ToString(), StringComparison.Ordinal));
        else
            into.Append(_default);
        return true;
    }

    /// <summary>The lane of a column of the map.</summary>
    public static FieldLane Of(ColumnBinding column, MigrationOptions options, byte[][] extras)
    {
        if (column.Ordinals.Count == 0)
            return new AbsentLane();
        if (column.Converter is BooleanConverter)
            return new BooleanLane([.. column.Ordinals]);
        if (column.Ordinals is not [var ordinal])
            return new ConverterLane();
        var max = column.Rule.Max;
        return column.Converter switch
        {
            TextConverter => new TextLane(ordinal, max),
            StatusConverter => new StatusLane(ordinal, column.Rule),
            IntegerConverter => new IntegerLane(ordinal),
            FloatConverter => new FloatLane(ordinal),
            TimestampConverter => new TimestampLane(ordinal),
            MediaPathConverter => new PathLane(ordinal, max, options),
            MediaUrlConverter => new UrlLane(ordinal, max, options),
            JsonConverter { Shape: JsonObjectShape } => new JsonObjectLane(ordinal, extras),
            JsonConverter { Shape: JsonStringsShape } => new JsonStringsLane(ordinal, null),
            JsonConverter { Shape: JsonPathsShape } => new JsonStringsLane(ordinal, options.KeepsMediaPaths ? null : options.MapMediaPath),
            JsonConverter { Shape: JsonParametersShape } => new JsonParametersLane(ordinal),
            JsonConverter { Shape: JsonFlagsShape } => new JsonFlagsLane(ordinal),
            _ => new ConverterLane(),
        };
    }
}
