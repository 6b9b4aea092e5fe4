namespace Seidra.Cutover.Bench;

/// <summary>Takes Classic's rows value by value, in the order of the table's columns.</summary>
internal interface IClassicSink
{
    /// <summary>Begins a table that is made now.</summary>
    void Begin(ClassicTable table);

    /// <summary>A key or an integer.</summary>
    void Integer(long value);

    /// <summary>A floating-point number.</summary>
    void Real(double value);

    /// <summary>A boolean.</summary>
    void Flag(bool value);

    /// <summary>A moment in microseconds since 1970.</summary>
    void Moment(long microseconds);

    /// <summary>Text or JSON.</summary>
    void Text(ReadOnlySpan<byte> utf8);

    /// <summary>No value.</summary>
    void Null();

    /// <summary>Ends a row.</summary>
    void EndRow();

    /// <summary>Ends the table.</summary>
    void End();
}
