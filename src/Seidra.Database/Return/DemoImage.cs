using System.Text.Json.Nodes;

namespace Seidra.Database;

/// <summary>
/// What of Ultimate's demo account is worth telling when it changes: not its password, and not what its rotation and the
/// backend's start write by themselves.
/// </summary>
internal static class DemoImage
{
    private static readonly string[] _ownWork = ["hashed_password", "is_active", "created_at", "settings"];

    public static string Of(ReturnTable users, UltimateRow row)
    {
        var settings = row.Values[users.IndexOf("settings")] is string json && JsonText.Parse(json) is not null ? JsonNode.Parse(json) as JsonObject : null;
        settings?.Remove("security");
        return UltimateRows.Describe(users.Ultimate, row, _ownWork) + CanonicalJson.Of(settings?.ToJsonString(JsonText.Relaxed) ?? "{}");
    }
}
