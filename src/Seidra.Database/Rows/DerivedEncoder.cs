namespace Seidra.Database;

/// <summary>
/// Makes rows that Classic does not have but says elsewhere. One is there if and only if its owner is placed and a placed row
/// marks that owner (see <see cref="OwnerMarks"/>); what it holds comes from the owner's row alone, its number is the owner's.
/// </summary>
internal sealed class DerivedEncoder
{
    private readonly RowEncoder _encoder;
    private readonly MadeRow _row = new();
    private readonly int _key;
    private readonly int _createdAt;

    /// <param name="table">The derived table.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="options">Media paths.</param>
    /// <param name="knowledge">What is known of the owners.</param>
    public DerivedEncoder(TablePlan table, MigrationPlan plan, MigrationOptions options, IRowKnowledge knowledge)
    {
        _encoder = new RowEncoder(table, plan, options, knowledge);
        var owners = plan.Tables.First(other => other.Target == OwnerTable(table));
        _key = owners.Binding.Key;
        _createdAt = owners.Binding.IndexOf("created_at") is >= 0 and var index && owners.Binding.Columns[index].Ordinals is [var ordinal, ..] ? ordinal : -1;
    }

    /// <summary>The table of the owners; null where rows are Classic's own.</summary>
    public static string? OwnerTable(TablePlan table) =>
        table.Derived is null ? null : table.Binding.Columns.First(column => column.Rule.Reference is not null && column.Ordinals is [MadeRow.Owner]).Rule.Reference;

    /// <summary>Makes the row of an owner.</summary>
    /// <param name="owner">The owner's row in Classic.</param>
    /// <param name="into">Takes the derived row.</param>
    public void Encode(IRawRow owner, RowChunk into)
    {
        _row.Take(owner, _key, _createdAt);
        _encoder.Encode(_row, into);
    }
}
