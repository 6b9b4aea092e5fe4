namespace Seidra.Sandbox.Data;

/// <summary>The names of Classic's media objects, by their number alone, so that rows and files agree without a list.</summary>
internal static class MediaCatalog
{
    /// <summary>One object in so many is the thumbnail of the one before it.</summary>
    public const int ThumbnailEvery = 20;

    private const long FirstMs = 1_700_000_000_000;

    /// <summary>The first objects.</summary>
    public static IReadOnlyList<MediaObject> First(int count) => [.. Enumerable.Range(0, count).Select(At)];

    /// <summary>The key of an image's thumbnail.</summary>
    public static string ThumbnailOf(string key) => $"thumbnails/{Path.GetFileNameWithoutExtension(key)}_thumb.png";

    private static MediaObject At(int index)
    {
        var (group, place) = (index / 500, index % 500);
        var ms = FirstMs + (index * 61_003L);
        if (index % ThumbnailEvery == ThumbnailEvery - 1)
            return new(index, ThumbnailOf(At(index - 1).Key), "image/png", MediaUse.Thumbnail);
        return place switch
        {
            20 => new(index, $"videos/sadtalker_{ms}_0.mp4", "video/mp4", MediaUse.File),
            21 => new(index, $"audio/voix_{group}.wav", "audio/wav", MediaUse.File),
            22 => new(index, $"video_assets/{AssetId(group)}.mp4", "video/mp4", MediaUse.File),
            23 => new(index, $"video_assets/{AssetId(group)}.json", "application/json", MediaUse.Nobody),
            24 => new(index, $"waveforms/{AssetId(group)}.json", "application/json", MediaUse.Nobody),
            25 => new(index, $"video_proxies/{AssetId(group)}.webm", "video/webm", MediaUse.Nobody),
            // The same basename in three folders: a flat directory must give two of them another name.
            30 => new(index, $"images/2024/01/portrait_{group}.png", "image/png", MediaUse.File),
            31 => new(index, $"images/2024/02/portrait_{group}.png", "image/png", MediaUse.File),
            32 => new(index, $"avatars/portrait_{group}.png", "image/png", MediaUse.File),
            // Names that people give: each holds something that a URL or a shell would read otherwise.
            33 => new(index, $"images/2024/03/été à la mer n°{group} (1).png", "image/png", MediaUse.File),
            34 => new(index, $"images/2024/03/100% réussi + cœur #{group}.png", "image/png", MediaUse.File),
            35 => new(index, $"images/2024/03/🌸 fleur {group}.png", "image/png", MediaUse.File),
            240 or 490 => new(index, $"images/2023/12/generated_{ms}_0.png", "image/png", MediaUse.Nobody),
            _ => new(index, $"images/2024/{1 + (index / 97 % 12):00}/generated_{ms}_{index % 4}.png", "image/png", MediaUse.File),
        };
    }

    private static string AssetId(int group) => $"{0x5e1d7a00 + group:x8}-0000-4000-8000-000000000001";
}
