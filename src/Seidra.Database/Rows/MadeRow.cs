namespace Seidra.Database;

/// <summary>A row that is made of an owner's row: its key, the owner, a true flag, the time of the owner's creation.</summary>
internal sealed class MadeRow : IRawRow
{
    /// <summary>Ordinal of the owner.</summary>
    public const int Owner = 1;

    private const int Flag = 2;
    private IRawRow _source = null!;
    private int _key;
    private int _createdAt;

    public object? this[int ordinal] => ordinal switch
    {
        Flag => "true",
        _ when Ordinal(ordinal) is >= 0 and var of => _source[of],
        _ => null,
    };

    /// <summary>Stands for another owner from now on.</summary>
    public void Take(IRawRow source, int key, int createdAt) => (_source, _key, _createdAt) = (source, key, createdAt);

    public RawValue Raw(int ordinal) => ordinal switch
    {
        Flag => new RawValue(RawKind.Text, 0, 0, "true"u8),
        _ when Ordinal(ordinal) is >= 0 and var of => _source.Raw(of),
        _ => default,
    };

    private int Ordinal(int ordinal) => ordinal <= Owner ? _key : _createdAt;
}
