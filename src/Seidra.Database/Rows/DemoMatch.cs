namespace Seidra.Database;

/// <summary>
/// Tells rows that may be Classic's demo account from a person who happens to be called so: that name, and an address whose
/// local part is "demo", or none. Of several the one with the lowest key is.
/// </summary>
internal sealed class DemoMatch(TablePlan users, string username)
{
    private readonly int _name = Ordinal(users, "username");
    private readonly int _email = Ordinal(users, "email");

    public bool Matches(IRawRow row)
    {
        if (Value(row, _name) != username)
            return false;
        var email = Value(row, _email)?.Trim();
        return string.IsNullOrEmpty(email) || email.StartsWith("demo@", StringComparison.OrdinalIgnoreCase);
    }

    private static int Ordinal(TablePlan users, string column) =>
        users.Binding.IndexOf(column) is >= 0 and var index && users.Binding.Columns[index].Ordinals is [var ordinal, ..] ? ordinal : -1;

    private static string? Value(IRawRow row, int ordinal) => ordinal < 0 ? null : SourceText.Plain(row[ordinal]);
}
