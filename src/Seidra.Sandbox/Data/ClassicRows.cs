using System.Globalization;

namespace Seidra.Sandbox.Data;

/// <summary>Classic's rows in Classic's own shape, the same for the same seed.</summary>
internal sealed class ClassicRows(int rows, IReadOnlyList<MediaObject> objects, int seed, DateTimeOffset asOf)
{
    /// <summary>The fewest rows with which every kind of oddity occurs.</summary>
    public const int Fewest = 400;

    private static readonly string[] PathPrefixes = ["/app/uploads/", "/data/media/", "uploads/", ""];

    private readonly Random random = new(seed);
    private readonly int userCount = rows * 6 / 100;
    private readonly int personaCount = rows * 14 / 100;
    private readonly int mediaCount = rows / 4;
    private readonly MediaObject[] files = [.. objects.Where(item => item.Use == MediaUse.File)];

    private int JobCount => rows - userCount - personaCount - mediaCount;

    /// <summary>The four tables, parents first.</summary>
    public IReadOnlyList<TableData> Tables()
    {
        var jobs = Jobs();
        return [Users(), Personas(), jobs, Media(jobs)];
    }

    /// <summary>A moment as Classic writes it: UTC, no zone, microseconds.</summary>
    public static string Text(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    // Ids begin at 1; two rows of each table have the ids 0 and -7 that tools take for "none".
    private static long Id(int index) => index switch { 10 => 0, 11 => -7, _ => index + 1 };

    private TableData Users() => new(
        "users",
        ["id", "username", "email", "hashed_password", "is_active", "settings", "created_at"],
        [.. Enumerable.Range(0, userCount).Select(User)]);

    private object?[] User(int index)
    {
        var name = $"{Pick(Words.FirstNames)}.{Pick(Words.LastNames)}{index}".ToLowerInvariant();
        var settings = $$$"""{"theme": "{{{(index % 3 == 0 ? "dark" : "classic")}}}", "language": "fr", "notifications": {"web": true, "email": {{{(index % 2 == 0 ? "true" : "false")}}}}, "telemetry_opt_in": false}""";
        return [Id(index), name, $"{name}@exemple.fr", ClassicData.PasswordHash, index % 10 != 9, settings, Text(asOf.AddDays(-700).AddMinutes((index * 733) + random.NextDouble()))];
    }

    private TableData Personas() => new(
        "personas",
        ["id", "user_id", "name", "description", "style_prompt", "negative_prompt", "lora_models", "tags", "avatar_url", "created_at", "updated_at"],
        [.. Enumerable.Range(0, personaCount).Select(Persona)]);

    private object?[] Persona(int index)
    {
        var created = asOf.AddDays(-600).AddMinutes((index * 277) + random.NextDouble());
        return
        [
            Id(index), Id(random.Next(userCount)), $"{Pick(Words.FirstNames)} {Pick(Words.LastNames)}", Pick(Words.Subjects), Pick(Words.Styles),
            Pick(Words.Negatives), """["anime_style", "fantasy_art"]""", TagList(), $"/media/avatars/p{Id(index)}.png", Text(created), Text(created.AddHours(random.Next(900))),
        ];
    }

    private TableData Jobs() => new(
        "jobs",
        ["id", "user_id", "persona_id", "job_type", "prompt", "negative_prompt", "model_name", "parameters", "status", "progress", "result_images", "metadata", "error_message", "created_at", "updated_at", "completed_at"],
        [.. Enumerable.Range(0, JobCount).Select(Job)]);

    private object?[] Job(int index)
    {
        var status = random.Next(100) switch { < 72 => "completed", < 86 => "failed", < 96 => "cancelled", _ => "pending" };
        var created = asOf.AddDays(-400).AddMinutes((400.0 * 24 * 60 * index / JobCount) - random.NextDouble());
        var ended = created.AddSeconds(random.Next(4, 600));
        var model = Pick(Words.Models);
        var parameters = $$"""{"width": 1024, "height": 768, "num_inference_steps": {{random.Next(20, 50)}}, "guidance_scale": 7.5, "num_images": 1, "seed": {{random.Next()}}, "model_name": "{{model}}", "scheduler": "ddim", "quality": "high", "style": "été doré"}""";
        var results = index < mediaCount ? $"""["{FileOf(index).Key}"]""" : "[]";
        return
        [
            Id(index), Id(random.Next(userCount)), index % 3 == 0 ? null : Id(random.Next(personaCount)), index % 25 == 0 ? "video" : "image",
            $"{Pick(Words.Subjects)}, {Pick(Words.Styles)}", Pick(Words.Negatives), model, parameters, status, status == "completed" ? 1.0 : random.Next(100) / 100.0,
            results, """{"quality": "high", "style": null}""", status == "failed" ? Pick(Words.Errors) : null, Text(created), Text(ended), status == "completed" ? Text(ended) : null,
        ];
    }

    private TableData Media(TableData jobs) => new(
        "media",
        ["id", "user_id", "job_id", "file_path", "thumbnail_path", "file_type", "mime_type", "metadata", "tags", "created_at"],
        [.. Enumerable.Range(0, mediaCount).Select(index => MediaRow(index, jobs.Rows[index]))]);

    private object?[] MediaRow(int index, object?[] job)
    {
        var file = FileOf(index);
        var prefix = PathPrefixes[index % PathPrefixes.Length];
        return
        [
            Id(index), job[1], job[0], prefix + file.Key, file.ThumbnailKey is { } thumbnail ? prefix + thumbnail : null,
            file.FileType, file.ContentType, """{"prompt": "é🎨", "width": 1024, "height": 768}""", TagList(), job[14],
        ];
    }

    // Where there are more rows than files, two galleries show the same picture.
    private MediaObject FileOf(int mediaIndex) => files[mediaIndex % files.Length];

    private string TagList() => $"""["{Pick(Words.Tags)}", "{Pick(Words.Tags)}"]""";

    private string Pick(string[] words) => words[random.Next(words.Length)];
}
