using System.Data.Common;

namespace Seidra.Database;

/// <summary>Statements with named parameters that both engines take.</summary>
internal static class LedgerSql
{
    /// <summary>A command; parameters are written <c>@name</c>.</summary>
    public static DbCommand Sql(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <summary>Runs one statement.</summary>
    public static async Task<int> RunAsync(this DbConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = connection.Sql(sql);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Makes the ledger's tables where they are missing.</summary>
    public static async Task PrepareLedgerAsync(this DbConnection connection, DatabaseKind kind, CancellationToken cancel)
    {
        foreach (var statement in LedgerSchema.Ddl(kind))
            await connection.RunAsync(statement, cancel);
    }
}
