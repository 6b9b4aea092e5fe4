using System.Data.Common;

namespace Seidra.Database;

/// <summary>
/// Holds Classic's writes for the last delta. Not a setting that a session can override: a lock, then triggers in the
/// database itself. Reads go on all the time.
/// </summary>
public static class WriteFreeze
{
    internal const string ControlTable = "seidra_cutover_freeze";

    /// <summary>Waits for running transactions, then holds all writes.</summary>
    /// <param name="classic">Classic's database; the role must own its tables.</param>
    /// <param name="options">Deadline and patience.</param>
    /// <param name="cancel">Gives up; nothing is left behind.</param>
    /// <exception cref="DatabaseException">
    /// A transaction did not end in time (named), Classic is frozen for good already, or a right is missing. Nothing was changed.
    /// </exception>
    public static async Task<IWriteFreeze> BeginAsync(DatabaseEndpoint classic, FreezeOptions options, CancellationToken cancel = default)
    {
        try
        {
            if ((await StateAsync(classic, cancel)).Kind == FreezeKind.Final)
                throw new DatabaseException($"Expected {classic.Display} to take writes, found it frozen for good by an earlier cutover. Return to it with --target=Rollback first.");
            return classic.Kind == DatabaseKind.PostgreSql
                ? await PostgresFreeze.BeginAsync(classic, options, cancel)
                : await SqliteFreeze.BeginAsync(classic, options, cancel);
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(classic, error, "freeze");
        }
    }

    /// <summary>Makes a committed freeze last for good; for a run that goes on after a kill.</summary>
    /// <returns>Whether no write can have come in between; false when the deadline had passed before.</returns>
    /// <exception cref="DatabaseException">There is no committed freeze.</exception>
    public static Task<bool> FinaliseAsync(DatabaseEndpoint classic, CancellationToken cancel = default) =>
        GuardAsync(classic, () => classic.Kind == DatabaseKind.PostgreSql
            ? PostgresFreezeControl.FinaliseAsync(classic, cancel)
            : SqliteFreezeControl.FinaliseAsync(classic, cancel));

    /// <summary>Removes whatever a freeze left in Classic; harmless where there is nothing.</summary>
    public static Task LiftAsync(DatabaseEndpoint classic, CancellationToken cancel = default) =>
        GuardAsync(classic, async () =>
        {
            await (classic.Kind == DatabaseKind.PostgreSql
                ? PostgresFreezeControl.LiftAsync(classic, cancel)
                : SqliteFreezeControl.LiftAsync(classic, cancel));
            return true;
        });

    /// <summary>Whether Classic refuses writes by a committed freeze.</summary>
    public static Task<FreezeState> StateAsync(DatabaseEndpoint classic, CancellationToken cancel = default) =>
        GuardAsync(classic, () => classic.Kind == DatabaseKind.PostgreSql
            ? PostgresFreezeControl.StateAsync(classic, cancel)
            : SqliteFreezeControl.StateAsync(classic, cancel));

    private static async Task<T> GuardAsync<T>(DatabaseEndpoint classic, Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DbException error)
        {
            throw EndpointErrors.Wrap(classic, error, "read or change the freeze of");
        }
    }
}
