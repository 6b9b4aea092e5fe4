using Microsoft.Data.Sqlite;
using Npgsql;

namespace Seidra.Database;

/// <summary>Says in words what ended a copy, and that the same command goes on.</summary>
internal static class BulkErrors
{
    private const string Resume = " What was copied stays; run the same command again to go on.";

    public static DatabaseException Wrap(DatabaseEndpoint source, DatabaseEndpoint target, Exception error)
    {
        while (error is PatienceLostException)
            error = error.InnerException!;
        var at = Side(source, target, error);
        if (error is SourceFaultException)
            error = error.InnerException!;
        var sentence = error is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.ForeignKeyViolation } refused
            ? $"{at.Display} refused rows of {refused.TableName} ({refused.MessageText}): somebody else writes to Ultimate's tables. Stop that backend."
            : EndpointErrors.Wrap(at, error, at == target ? "copy rows into" : "copy rows from").Message;
        return new DatabaseException(sentence + Resume, error);
    }

    // What reading for a stream fails with is marked; all else is nearly always the side that is written to.
    private static DatabaseEndpoint Side(DatabaseEndpoint source, DatabaseEndpoint target, Exception error) => error switch
    {
        SourceFaultException => source,
        SqliteException => target.Kind == DatabaseKind.Sqlite ? target : source,
        NpgsqlException => target.Kind == DatabaseKind.PostgreSql ? target : source,
        _ => target,
    };
}
