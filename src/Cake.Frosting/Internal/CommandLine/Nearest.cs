namespace Cake.Frosting.Internal;

/// <summary>Finds the known word that a mistyped one most likely meant.</summary>
internal static class Nearest
{
    /// <summary>The candidate with the least distance; empty where there are none.</summary>
    public static string Of(string word, IEnumerable<string> candidates) =>
        candidates.MinBy(candidate => Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant())) ?? string.Empty;

    /// <summary>Damerau-Levenshtein distance (optimal string alignment): edits and swaps of neighbours count one each.</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            cost[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            cost[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        }

        return cost[a.Length, b.Length];
    }
}
