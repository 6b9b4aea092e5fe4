namespace Seidra.Media;

/// <summary>The order in which every store lists: by the keys' UTF-8 bytes, as S3 does.</summary>
public sealed class KeyOrder : IComparer<string>
{
    /// <summary>The one comparer.</summary>
    public static KeyOrder Instance { get; } = new();

    /// <summary>Compares two keys by their UTF-8 bytes without encoding them.</summary>
    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> left = x, right = y;
        var same = left.CommonPrefixLength(right);
        if (same == left.Length || same == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        return Rank(left[same]).CompareTo(Rank(right[same]));
    }

    // UTF-8 sorts by code point. In UTF-16 the surrogates (U+10000 and above) lie below U+E000..U+FFFF; swap the two.
    private static int Rank(char c) => c < 0xD800 ? c : c >= 0xE000 ? c - 0x800 : c + 0x2000;
}
