namespace Seidra.Configuration;

/// <summary>The nearest known word, for messages about unknown ones.</summary>
public static class Nearest
{
    // Beyond this no person mistyped a key; it also bounds the work on hostile input.
    private const int LongestWord = 100;

    /// <summary>
    /// The candidate with the smallest Damerau-Levenshtein distance (insertion, deletion, substitution, swap of neighbours),
    /// case ignored; null where none is near: more than a third of the letters would change.
    /// </summary>
    /// <param name="word">The unknown word.</param>
    /// <param name="candidates">The known words; of equally near ones the first counts.</param>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(word);
        if (word.Length is 0 or > LongestWord)
            return null;
        var lowered = word.ToLowerInvariant();
        return candidates
            .Select(c => (Word: c, Distance: Distance(lowered, c.ToLowerInvariant())))
            .Where(c => c.Distance <= Math.Max(1, Math.Max(word.Length, c.Word.Length) / 3) && c.Distance < c.Word.Length)
            .OrderBy(c => c.Distance)
            .Select(c => c.Word)
            .FirstOrDefault();
    }

    private static int Distance(string a, string b)
    {
        var beforePrevious = new int[b.Length + 1];
        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], beforePrevious[j - 2] + 1);
            }
            (beforePrevious, previous) = (previous, current);
        }
        return previous[b.Length];
    }
}
