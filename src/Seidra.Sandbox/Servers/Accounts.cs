using System.Globalization;

namespace Seidra.Sandbox.Servers;

/// <summary>Reads accounts from rows of id, username, email, password hash, active flag.</summary>
internal static class Accounts
{
    /// <summary>The account of a row.</summary>
    public static Account Read(object?[] row) => new(
        Convert.ToInt64(row[0], CultureInfo.InvariantCulture),
        (string)row[1]!,
        row[2] as string,
        row[3] as string ?? "",
        row[4] switch
        {
            bool active => active,
            long number => number != 0,
            int number => number != 0,
            string text => text is "1" or "t" or "true",
            _ => false,
        });
}
