namespace Seidra.Database;

/// <summary>Makes a value of one column of Ultimate from a value of Classic.</summary>
internal interface IConverter
{
    /// <summary>What comes out.</summary>
    TargetType Type { get; }

    /// <summary>
    /// The value for Ultimate, of the CLR type of <see cref="Type"/>; null where Classic holds none or an unusable one. What
    /// is altered or unusable is told to the row's verdict.
    /// </summary>
    /// <param name="raw">null, long, double, string, byte[] (a BLOB) or <see cref="InvalidText"/>.</param>
    /// <param name="rule">The column's rule.</param>
    /// <param name="row">Takes notes and the quarantine verdict.</param>
    object? Convert(object? raw, ColumnRule rule, RowVerdict row);
}
