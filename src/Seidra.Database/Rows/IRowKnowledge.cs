namespace Seidra.Database;

/// <summary>What is known of a row that another one points to.</summary>
internal enum Placement
{
    /// <summary>Classic has no such row.</summary>
    Unknown,

    /// <summary>It is in Ultimate, or will be.</summary>
    Placed,

    /// <summary>It is in quarantine.</summary>
    Aside,
}

/// <summary>What the encoder must know of other rows. The bulk copy has it in memory, the follower asks the ledger. Thread-safe.</summary>
internal interface IRowKnowledge
{
    /// <summary>What became of a row.</summary>
    /// <param name="table">Ultimate's table.</param>
    /// <param name="key">Classic's key.</param>
    Placement Find(string table, KeyId key);

    /// <summary>
    /// Ultimate's number of a row: Classic's own where it can be kept, else the one it was moved to, now or in an earlier run.
    /// </summary>
    /// <param name="table">Ultimate's table.</param>
    /// <param name="number">Classic's number.</param>
    /// <param name="isMoved">Whether it is another number than Classic's.</param>
    long Number(string table, long number, out bool isMoved);

    /// <summary>Whether this user is Classic's demo account (see <see cref="DemoRule"/>); it has number 1 in Ultimate.</summary>
    bool IsDemo(KeyId user);

    /// <summary>The name that a row gets because an older row wants the same one; null where it may have what it wants.</summary>
    /// <param name="table">Ultimate's table.</param>
    /// <param name="column">The unique column.</param>
    /// <param name="key">Classic's key of the row.</param>
    string? Renamed(string table, string column, KeyId key);

    /// <summary>
    /// The key that a row had when it was born in Ultimate, before a way back gave it its key in Classic (kept in the ledger's
    /// keys): it comes back under the same one. Asked before a UUID is made of Classic's key; null for all other rows.
    /// </summary>
    /// <param name="table">Ultimate's table.</param>
    /// <param name="key">Classic's key.</param>
    string? Born(string table, KeyId key) => null;
}
