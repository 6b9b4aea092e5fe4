using System.Data.Common;

namespace Seidra.Database;

/// <summary>One statement on the target. Parameters are $1, $2 and so on: text, numbers, or whole lists of them (<see cref="FollowSql.In"/>).</summary>
/// <param name="Sql">The statement, in words that both engines share.</param>
/// <param name="Values">string, long, string[], long[] or byte[][].</param>
internal sealed record FollowStatement(string Sql, params object[] Values)
{
    /// <summary>Sees each row that comes back; null where none is wanted.</summary>
    public Action<DbDataReader>? Read { get; init; }
}

/// <summary>Rows for one of the ledger's tables.</summary>
/// <param name="Into">Table and columns, as behind INSERT INTO.</param>
/// <param name="Rows">string, byte[], int or null per column; the same type in each column.</param>
internal sealed record FollowInsert(string Into, IReadOnlyList<object?[]> Rows);
