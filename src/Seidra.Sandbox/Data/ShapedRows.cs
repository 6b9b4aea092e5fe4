using System.Globalization;

namespace Seidra.Sandbox.Data;

/// <summary>Lays Classic's rows out in the other shapes.</summary>
internal static class ShapedRows
{
    /// <summary>The tables of a shape, parents first.</summary>
    public static IReadOnlyList<TableData> In(ClassicShape shape, IReadOnlyList<TableData> classic) => shape switch
    {
        ClassicShape.Classic => classic,
        ClassicShape.ClassicEnriched => Enriched(classic),
        _ => Ultimate(classic),
    };

    private static IReadOnlyList<TableData> Enriched(IReadOnlyList<TableData> classic)
    {
        var users = classic[0];
        // Classic's own demo account: Ultimate would not start with it on another id than 1 (D1).
        (users.Rows[4][1], users.Rows[4][2]) = ("demo", "demo@seidra.ai");
        return
        [
            users,
            classic[1].Renamed("user_id", "owner_id")
                .With("style_preset", row => row % 3 == 0 ? null : "aquarelle")
                .With("voice_id", row => row % 4 == 0 ? $"voix-{row}" : null),
            classic[2].Renamed("user_id", "owner_id").Renamed("prompt", "text")
                .With("nsfw_allowed", row => row % 17 == 0)
                .With("retry_of", row => row % 11 == 10 ? row - 5L : null),
            classic[3].Renamed("user_id", "owner_id").Renamed("file_path", "path")
                .With("favorite", row => row % 9 == 0 ? 1L : 0L),
        ];
    }

    private static IReadOnlyList<TableData> Ultimate(IReadOnlyList<TableData> classic)
    {
        var users = classic[0];
        // An instance that Ultimate has run on: its start has made id 1 the demo account.
        (users.Rows[0][1], users.Rows[0][2]) = ("demo", "demo@seidra.ai");
        var jobs = classic[2];
        return
        [
            users.With("is_nsfw_enabled", row => row % 7 == 0).With("age_verified", row => row % 7 == 0),
            classic[1].With("generation_params", _ => "{}").With("is_favorite", row => row % 9 == 0).With("is_nsfw", _ => false).With("metadata", _ => "{}"),
            jobs.Named("generation_jobs").Mapped("id", id => Uuid("10b", id))
                .With("lora_models", _ => "[]").With("is_nsfw", row => row % 17 == 0).With("nsfw_score", _ => 0.0),
            classic[3].Named("media_items").Mapped("id", id => Uuid("3ed1a", id)).Mapped("job_id", id => Uuid("10b", id))
                .With("is_favorite", row => row % 9 == 0).With("is_nsfw", _ => false).With("nsfw_tags", _ => "[]")
                .With("updated_at", row => classic[3].Rows[row][9]),
            NsfwSettings(users),
            Metrics(jobs),
        ];
    }

    private static TableData NsfwSettings(TableData users) => new(
        "nsfw_settings",
        ["id", "user_id", "enabled", "age_verified", "intensity", "categories", "overrides", "created_at", "updated_at"],
        [.. users.Rows.Where((_, row) => row % 7 == 0).Select((user, row) => new object?[]
        {
            row + 1L, user[0], true, true, "medium", """{"nudity": true, "violence": false}""", "{}", user[6], user[6],
        })]);

    private static TableData Metrics(TableData jobs) => new(
        "generation_metrics",
        ["id", "job_id", "user_id", "persona_id", "media_type", "model_name", "prompt", "outputs", "duration_seconds", "extra", "created_at"],
        [.. jobs.Rows.Where((_, row) => row % 20 == 0).Select((job, row) => new object?[]
        {
            row + 1L, job[0], job[1], job[2], "image", job[6], job[4], 1L, 12.5, "{}", job[14],
        })]);

    private static string Uuid(string kind, object? id) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind.PadLeft(8, '0')}-0000-4000-8000-{(long)id! & 0xFFFF_FFFF_FFFF:x12}");
}
