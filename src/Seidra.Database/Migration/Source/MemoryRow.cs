using System.IO.Hashing;

namespace Seidra.Database;

/// <summary>A row that is made here: values are null, long or string.</summary>
internal sealed class MemoryRow(object?[] values) : ISourceRow
{
    public object? this[int ordinal] => values[ordinal];

    public void AppendTo(XxHash128 hash)
    {
        foreach (var value in values)
        {
            if (value is long number)
                hash.Number(ValueTags.Number, number);
            else
                hash.Text(SourceText.Plain(value));
        }
    }
}
