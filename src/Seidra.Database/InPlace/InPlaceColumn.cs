namespace Seidra.Database;

/// <summary>A column that the in-place migration brings to one of Classic's tables.</summary>
/// <param name="Table">Classic's name of the table.</param>
/// <param name="Name">Name of the column.</param>
/// <param name="Type">Its declared type; of a column that was there already, the one it has.</param>
public sealed record InPlaceColumn(string Table, string Name, string Type)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Table}.{Name} {Type}";
}

/// <summary>What the in-place migration would do to a database as it is now.</summary>
/// <param name="Missing">Columns that would be added.</param>
/// <param name="AlreadyThere">Columns that are there with a fitting type.</param>
/// <param name="Statements">The statements that would run, in one transaction; none where nothing is missing.</param>
public sealed record InPlacePlan(IReadOnlyList<InPlaceColumn> Missing, IReadOnlyList<InPlaceColumn> AlreadyThere, IReadOnlyList<string> Statements);

/// <summary>What the in-place migration did, as the catalog says afterwards.</summary>
/// <param name="Added">Columns that this run added.</param>
/// <param name="AlreadyThere">Columns that were there before it.</param>
/// <param name="Tries">How often the tables' locks were asked for; 0 where nothing was missing.</param>
/// <param name="Locked">How long the tables were locked for clients, waiting for the lock of the last try included.</param>
public sealed record InPlaceResult(IReadOnlyList<InPlaceColumn> Added, IReadOnlyList<InPlaceColumn> AlreadyThere, int Tries, TimeSpan Locked);

/// <summary>How the in-place migration waits for its turn.</summary>
public sealed record InPlaceOptions
{
    /// <summary>
    /// The longest that one try waits for the tables, and so the longest that a client queues behind it; on PostgreSQL never
    /// more than half of the server's <c>deadlock_timeout</c>.
    /// </summary>
    public TimeSpan LockTimeout { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>After how long without a turn it gives up.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Names that Classic's tables may have.</summary>
    public SchemaMap Map { get; init; } = SchemaMap.Default;
}
