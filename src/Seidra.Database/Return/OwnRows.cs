namespace Seidra.Database;

/// <summary>Rows that Ultimate makes itself: its demo account, and what belongs to it where Ultimate keeps numbers for itself.</summary>
internal static class OwnRows
{
    public static bool IsOwn(ReturnTable table, UltimateRow row) => table.Name switch
    {
        "users" => IsOwn(table, row.Key),
        "nsfw_settings" => row.Values[table.IndexOf("user_id")] is (long)DemoAccount.Id,
        _ => false,
    };

    /// <summary>As far as the key alone tells.</summary>
    public static bool IsOwn(ReturnTable table, KeyId key) => table.Name == "users" && key == new KeyId(DemoAccount.Id, null);
}
