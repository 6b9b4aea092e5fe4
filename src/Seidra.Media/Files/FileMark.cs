using Microsoft.Win32.SafeHandles;

namespace Seidra.Media;

/// <summary>The ETag of a file: its time of change and length, as web servers form it.</summary>
internal static class FileMark
{
    // The kernel stamps files with a clock that ticks every 1 to 10 ms. A second write within the tick of the first
    // leaves no trace in the time; reading only after the tick is over makes any later write visible.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);

    public static string Of(DateTimeOffset modifiedAt, long sizeBytes) => $"{modifiedAt.UtcTicks:x}-{sizeBytes:x}";

    public static StoredObject Describe(string key, SafeFileHandle file)
    {
        var modifiedAt = new DateTimeOffset(File.GetLastWriteTimeUtc(file), TimeSpan.Zero);
        var size = RandomAccess.GetLength(file);
        return new StoredObject(key, size, Of(modifiedAt, size), modifiedAt);
    }

    public static async ValueTask SettleAsync(DateTimeOffset modifiedAt, CancellationToken ct)
    {
        var age = DateTimeOffset.UtcNow - modifiedAt;
        if (age >= TimeSpan.Zero && age < Tick)
        {
            await Task.Delay(Tick - age, ct);
        }
    }
}
