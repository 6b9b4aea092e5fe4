namespace Seidra.Database;

/// <summary>The byte that stands before a value in hashed bytes, so that 1, '1' and true are not the same.</summary>
internal static class ValueTags
{
    public const byte Null = 0;
    public const byte Number = 1;
    public const byte Float = 2;
    public const byte Text = 3;
    public const byte Blob = 4;
    public const byte Boolean = 5;
    public const byte Time = 6;
}
