namespace Seidra.Database;

/// <summary>Numbers by value, then texts character by character: the same on every engine, so that "the lowest key" is one row.</summary>
internal sealed class KeyOrder : IComparer<KeyId>
{
    public static KeyOrder Instance { get; } = new();

    public int Compare(KeyId x, KeyId y)
    {
        if (x.IsNumber && y.IsNumber)
            return x.Number.CompareTo(y.Number);
        return x.IsNumber == y.IsNumber ? string.CompareOrdinal(x.Text, y.Text) : x.IsNumber ? -1 : 1;
    }
}
