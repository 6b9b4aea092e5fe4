namespace Seidra.Database.Tests.Rows;

/// <summary>All that an encoder tells of its rows, as text.</summary>
internal static class Said
{
    public static string Of(RowChunk chunk) => string.Join('\n',
    [
        .. chunk.Placed.Select(row => $"placed {row} {Convert.ToHexString(chunk.Tuple(row))} {string.Join(" | ", TupleCodec.Decode(chunk.Tuple(row), TargetTable.Of(chunk.Table).Columns))}"),
        .. chunk.Aside.Select(row => row.ToString()),
        .. chunk.Notes.Select(row => row.ToString()),
        .. chunk.Names.Select(row => row.ToString()),
        .. chunk.Moved.Select(row => row.ToString()),
        .. chunk.Owners.Select(row => row.ToString()),
        $"{chunk.Sum:x32}",
    ]);
}
