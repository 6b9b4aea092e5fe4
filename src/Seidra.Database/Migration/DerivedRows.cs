namespace Seidra.Database;

/// <summary>Collects the rows of a derived table while another is read: one per owner, made at the time of the owner's first row.</summary>
internal sealed class DerivedRows(DerivedBinding binding)
{
    private static readonly BooleanConverter _boolean = new();
    private static readonly ColumnRule _rule = new("", []);
    private readonly SortedDictionary<long, object?[]> _rows = [];

    public void See(ISourceRow row)
    {
        var verdict = new RowVerdict("", path => path);
        if (_boolean.Convert(row[binding.When], _rule, verdict) is not true || KeyId.Of(row[binding.Owner]) is not { IsNumber: true } owner)
            return;
        _rows.TryAdd(owner.Number, [owner.Number, owner.Number, "true", binding.CreatedAt < 0 ? null : Time(row[binding.CreatedAt])]);
    }

    public async IAsyncEnumerable<ISourceRow> ReadAsync()
    {
        foreach (var row in _rows.Values)
            yield return new MemoryRow(row);
        await Task.CompletedTask;
    }

    private static object? Time(object? raw) => raw is long number ? number : SourceText.Plain(raw);
}
