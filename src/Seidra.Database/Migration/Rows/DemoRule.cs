namespace Seidra.Database;

/// <summary>
/// Tells Classic's demo account from a person who happens to be called so. Ultimate takes user id 1 for its demo account at
/// every start and rewrites it; a user of that name on another id makes its start fail on the unique index (D1). So Classic's
/// demo account (that name, and an address whose local part is "demo", or none) becomes id 1, and a person keeps the account
/// under another name.
/// </summary>
internal static class DemoRule
{
    /// <summary>The names that no other row may have.</summary>
    public static IEnumerable<string> Reserved(string column, string username) => column switch
    {
        "username" => new[] { "demo", username }.Distinct(),
        "email" => [DemoAccount.Email],
        _ => [],
    };
}
