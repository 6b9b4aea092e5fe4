namespace Seidra.Sandbox.Data;

/// <summary>The bytes of a media object: a true head for its type, then noise that no other object has.</summary>
internal static class MediaBytes
{
    // A whole 1x1 image; readers ignore what follows its end.
    private static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static readonly byte[] Mp4 = [0, 0, 0, 0x18, .. "ftypisom"u8, 0, 0, 2, 0, .. "isomiso2"u8];
    private static readonly byte[] Webm = [0x1A, 0x45, 0xDF, 0xA3, 0x9F, 0x42, 0x86, 0x81, 1];
    private static readonly byte[] Wav = [.. "RIFF"u8, 0xFF, 0xFF, 0, 0, .. "WAVEfmt "u8];

    private const int EmptyIndex = 12;
    private const int LargeEvery = 1700;
    private const int FirstLarge = 7;

    /// <summary>The object's content: mostly 0.5 to 8 KiB, one in 1,700 between 1 and 4 MiB, and one object empty.</summary>
    public static byte[] Of(MediaObject item, int seed)
    {
        if (item.Index == EmptyIndex)
            return [];
        var random = new Random(unchecked((seed * 1_000_003) + item.Index));
        if (item.ContentType == "application/json")
            return System.Text.Encoding.UTF8.GetBytes($$"""{"id": {{item.Index}}, "titre": "séquence {{random.Next(1000)}}", "peaks": [0.1, 0.7, 0.3]}""");
        var size = item.Index % LargeEvery == FirstLarge ? random.Next(1 << 20, 4 << 20) : random.Next(512, 8 << 10);
        var content = new byte[size];
        random.NextBytes(content);
        HeadOf(item.ContentType).CopyTo(content, 0);
        return content;
    }

    private static byte[] HeadOf(string contentType) => contentType switch
    {
        "video/mp4" => Mp4,
        "video/webm" => Webm,
        "audio/wav" => Wav,
        _ => Png,
    };
}
