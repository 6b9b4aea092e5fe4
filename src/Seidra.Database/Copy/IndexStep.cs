using System.Data.Common;
using System.Text.Json;

namespace Seidra.Database;

/// <summary>One index, key or foreign key that was taken away for the load and is made again after it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Table">The table it belongs to.</param>
/// <param name="Parent">The table that a foreign key refers to; null for indexes and keys.</param>
/// <param name="Statements">What makes it.</param>
internal sealed record IndexStep(string Name, string Table, string? Parent, IReadOnlyList<string> Statements)
{
    private const string Prefix = "build/";

    /// <summary>All that is still to be made.</summary>
    public static async Task<IReadOnlyList<IndexStep>> PendingAsync(DbConnection connection, CancellationToken cancel) =>
        [.. (await LedgerState.AllAsync(connection, Prefix, cancel)).Values.Select(json => JsonSerializer.Deserialize<IndexStep>(json)!)];

    /// <summary>Notes it as still to be made.</summary>
    public Task NoteAsync(DbConnection connection, CancellationToken cancel) => LedgerState.SetAsync(connection, Key, JsonSerializer.Serialize(this), cancel);

    /// <summary>Forgets it, for it is made; false where that is known already.</summary>
    public Task<bool> ForgetAsync(DbConnection connection, CancellationToken cancel) => LedgerState.RemoveAsync(connection, Key, cancel);

    private string Key => $"{Prefix}{Table}/{Name}";
}
