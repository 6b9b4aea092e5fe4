using System.Data.Common;

namespace Seidra.Database;

/// <summary>
/// Holds Classic's writes where no client can talk its way around it: by table locks first (they die with this process),
/// then by triggers that end at a deadline, then for good. Reads go on throughout.
/// </summary>
public static class WriteFreeze
{
    /// <summary>Lets running transactions finish, then holds every write.</summary>
    /// <exception cref="DatabaseException">Somebody held on to a table for too long; the message names who.</exception>
    public static async Task<IWriteFreeze> BeginAsync(DatabaseEndpoint classic, FreezeOptions options, CancellationToken cancel = default) =>
        await GuardAsync<IWriteFreeze>(classic, async () => classic.Kind is DatabaseKind.Sqlite
            ? await SqliteFreeze.BeginAsync(classic, options, cancel)
            : await PostgresFreeze.BeginAsync(classic, options, cancel));

    /// <summary>Makes a committed freeze final; does nothing where none was committed.</summary>
    public static Task FinaliseAsync(DatabaseEndpoint classic, CancellationToken cancel = default) => GuardAsync(classic, () =>
        classic.Kind is DatabaseKind.Sqlite ? SqliteFreeze.FinaliseAsync(classic, cancel) : PostgresFreeze.FinaliseAsync(classic, cancel));

    /// <summary>Removes every trace of a freeze: the undo. Can be repeated.</summary>
    public static Task LiftAsync(DatabaseEndpoint classic, CancellationToken cancel = default) => GuardAsync(classic, () =>
        classic.Kind is DatabaseKind.Sqlite ? SqliteFreeze.LiftAsync(classic, cancel) : PostgresFreeze.LiftAsync(classic, cancel));

    /// <summary>What the database itself says of its freeze.</summary>
    public static Task<FreezeState> StateAsync(DatabaseEndpoint classic, CancellationToken cancel = default) => GuardAsync(classic, () =>
        classic.Kind is DatabaseKind.Sqlite ? SqliteFreeze.StateAsync(classic, cancel) : PostgresFreeze.StateAsync(classic, cancel));

    internal static async Task<T> GuardAsync<T>(DatabaseEndpoint classic, Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(classic, error, "freeze");
        }
    }

    internal static Task GuardAsync(DatabaseEndpoint classic, Func<Task> act) => GuardAsync(classic, async () =>
    {
        await act();
        return true;
    });
}
