namespace Seidra.Database;

/// <summary>Tells which placed rows make their owner have a derived row: nothing where no table is made from this one.</summary>
internal sealed class OwnerMarks
{
    private static readonly BooleanConverter _boolean = new();
    private static readonly ColumnRule _rule = new("", []);
    private readonly DerivedBinding? _binding;
    private readonly RowVerdict _unheard = new("", path => path);

    public OwnerMarks(TablePlan table, MigrationPlan plan) =>
        _binding = plan.Tables.FirstOrDefault(other => other.Derived?.From == table.Target)?.Derived;

    /// <summary>Marks the owner of a row that was placed.</summary>
    public void See(IRawRow row, KeyId key, RowChunk into)
    {
        if (_binding is null || row.Raw(_binding.When).IsNull)
            return;
        if (_boolean.Convert(row[_binding.When], _rule, _unheard) is true && KeyId.Of(row[_binding.Owner]) is { IsNumber: true } owner)
            into.Owners.Add(new OwnerRow(owner.ToString(), key.ToString()));
    }
}
