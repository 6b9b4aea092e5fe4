namespace Seidra.Database;

/// <summary>
/// Tells Classic's demo account from a person who happens to be called so. Ultimate takes user id 1 for its demo account at
/// every start and rewrites it; a user of that name on another id makes its start fail on the unique index (D1). So Classic's
/// demo account (that name, and an address whose local part is "demo", or none) becomes id 1, and a person keeps the account
/// under another name.
/// </summary>
internal sealed class DemoRule(TablePlan users, string username)
{
    private readonly int _name = users.Binding.IndexOf("username");
    private readonly int _email = users.Binding.IndexOf("email");
    private bool _found;

    /// <summary>The names that no other row may have.</summary>
    public static IEnumerable<string> Reserved(string column, string username) => column switch
    {
        "username" => new[] { "demo", username }.Distinct(),
        "email" => [DemoAccount.Email],
        _ => [],
    };

    /// <summary>Whether this row is Classic's demo account; the first such row is.</summary>
    public bool Matches(ISourceRow row)
    {
        if (_found || Value(row, _name) != username)
            return false;
        var email = Value(row, _email)?.Trim();
        return _found = string.IsNullOrEmpty(email) || email.StartsWith("demo@", StringComparison.OrdinalIgnoreCase);
    }

    private string? Value(ISourceRow row, int column) =>
        column >= 0 && users.Binding.Columns[column].Ordinals is [var ordinal, ..] ? SourceText.Plain(row[ordinal]) : null;
}
