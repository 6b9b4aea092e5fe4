using Microsoft.Data.Sqlite;

namespace Seidra.Database;

/// <summary>Reads tables of SQLite and writes their rows as PostgreSQL's binary COPY would.</summary>
internal static class SqliteReading
{
    public static Task RunAsync(
        DatabaseEndpoint target, IReadOnlyList<TargetTable> tables, TupleVisitor? visit, Action<TargetTable, TableProof> add, CancellationToken cancel) =>
        Task.Run(
            async () =>
            {
                await using var connection = await target.OpenSqliteAsync(SqliteOpenMode.ReadOnly, cancel);
                await using var transaction = connection.BeginTransaction(deferred: true);
                foreach (var table in tables)
                    add(table, Read(connection, table, visit, cancel));
            },
            cancel);

    private static TableProof Read(SqliteConnection connection, TargetTable table, TupleVisitor? visit, CancellationToken cancel)
    {
        var database = connection.Handle!;
        using var statement = SqliteQuery.Prepare(database, $"SELECT {table.ColumnList} FROM {table.Quoted}{Where.NotOwn(connection, table)}");
        var row = new StatementRow(statement, new SqliteEncoding(SqliteQuery.Text(database, "PRAGMA encoding")));
        var tuple = new FieldBuffer();
        var proof = default(TableProof);
        while (SqliteQuery.Step(database, statement))
        {
            cancel.ThrowIfCancellationRequested();
            tuple.Cut(0);
            tuple.Count(table.Columns.Count);
            for (var index = 0; index < table.Columns.Count; index++)
                TupleCodec.AppendStored(tuple, row.Raw(index), table.Columns[index].Type);
            var hash = TupleCodec.Hash(tuple.Written);
            proof += new TableProof(1, hash);
            visit?.Invoke(0, table, tuple.Written, hash);
        }

        return proof;
    }
}
