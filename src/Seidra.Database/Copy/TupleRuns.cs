namespace Seidra.Database;

/// <summary>Splits a chunk's tuples where Ultimate's own account lies between them; nearly always they are one run.</summary>
internal static class TupleRuns
{
    public static IEnumerable<(int Offset, int Length, bool IsDemo)> Of(RowChunk chunk)
    {
        var start = 0;
        foreach (var row in chunk.Placed)
        {
            if (!row.IsDemo)
                continue;
            if (row.Offset > start)
                yield return (start, row.Offset - start, false);
            yield return (row.Offset, row.Length, true);
            start = row.Offset + row.Length;
        }

        if (chunk.Tuples.WrittenCount > start)
            yield return (start, chunk.Tuples.WrittenCount - start, false);
    }
}
