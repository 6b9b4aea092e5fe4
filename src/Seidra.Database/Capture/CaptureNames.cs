using System.IO.Hashing;
using System.Text;

namespace Seidra.Database;

/// <summary>What the capture's objects in the followed database are called.</summary>
internal static class CaptureNames
{
    /// <summary>The table in which triggers write keys.</summary>
    public const string Log = "seidra_cutover_changes";

    /// <summary>The table that says what is installed; its row is written last.</summary>
    public const string Record = "seidra_cutover_capture";

    /// <summary>How triggers and functions start.</summary>
    public const string Note = "seidra_cutover_note_";

    public const string Publication = "seidra_cutover";

    /// <summary>How slots start, and the prefix of fences.</summary>
    public const string Slot = "seidra_cutover_";

    /// <summary>What to run when changes may have passed unseen.</summary>
    public const string Again = "Run: ./build.sh --target=MigrateDatabase (the bulk copy starts again, with a new capture)";

    /// <summary>
    /// The slot of an epoch. Slots belong to the whole server and take only a-z, 0-9 and _, 63 characters at most; the hash
    /// keeps two databases, or two epochs that read alike, apart.
    /// </summary>
    public static string SlotOf(string database, string epoch)
    {
        var plain = string.Concat(epoch.ToLowerInvariant().Where(letter => char.IsAsciiLetterOrDigit(letter)).Take(36));
        var hash = XxHash32.HashToUInt32(Encoding.UTF8.GetBytes($"{database}\0{epoch}"));
        return $"{Slot}{plain}_{hash:x8}";
    }
}
