namespace Seidra.Media;

/// <summary>A manifest and what lies beside it while a run is under way or after it was killed.</summary>
/// <remarks><c>.partial</c> is the manifest as it grows, always a sorted file; a killed run leaves it behind. The next run
/// merges it with the manifest into <c>.ledger</c>, which stands in for the manifest until a run has ended. Both hold only
/// while the machine stays up, which <c>.boot</c> shows: after a power cut, files that they name may be empty.</remarks>
internal sealed class ManifestFiles(string path)
{
    private readonly string ledger = path + ".ledger";

    public string Manifest => path;

    public string Partial => path + ".partial";

    public string Boot => path + ".boot";

    /// <summary>Takes over what a killed run left.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Recover()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        ForgetEarlierBoots();
        if (File.Exists(Partial))
        {
            using (var written = new ManifestReader(Partial, allowTorn: true))
            using (var known = OpenKnown())
            using (var merged = new ManifestFile(ledger + ".new"))
            {
                Merge(written, known, merged);
                merged.Finish();
            }

            File.Move(ledger + ".new", ledger, overwrite: true);
            File.Delete(Partial);
        }

        return File.Exists(ledger);
    }

    /// <summary>Opens what is known of the target, or null where nothing is.</summary>
    public ManifestReader? OpenKnown() =>
        File.Exists(ledger) ? new ManifestReader(ledger) : File.Exists(path) ? new ManifestReader(path) : null;

    /// <summary>Makes the finished partial file the manifest; an equal one stays untouched.</summary>
    public async Task PublishAsync(string sha256, CancellationToken ct)
    {
        if (await MediaManifest.Sha256Async(path, ct) == sha256)
        {
            File.Delete(Partial);
        }
        else
        {
            FileBarrier.Flush([Partial]);
            File.Move(Partial, path, overwrite: true);
            FileBarrier.FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        }

        File.Delete(ledger);
        File.Delete(Boot);
    }

    /// <summary>Drops what was removed from the target: rewrites the partial file without it.</summary>
    /// <returns>SHA-256 of the new file.</returns>
    public string Without(IReadOnlySet<string> keys)
    {
        string sha256;
        using (var all = new ManifestReader(Partial))
        using (var rest = new ManifestFile(Partial + ".new"))
        {
            while (all.TryRead(out var entry))
            {
                if (!keys.Contains(entry.Key))
                {
                    rest.Write(entry);
                }
            }

            sha256 = rest.Finish();
        }

        File.Move(Partial + ".new", Partial, overwrite: true);
        return sha256;
    }

    private void ForgetEarlierBoots()
    {
        if (File.Exists(Boot) && File.ReadAllText(Boot) == BootId.Current)
        {
            return;
        }

        File.Delete(Partial);
        File.Delete(ledger);
        File.WriteAllText(Boot, BootId.Current);
    }

    // Where both know a key, the later file is right. Keys that only the older knows still hold: each is checked against
    // source and target before it is believed.
    private static void Merge(ManifestReader later, ManifestReader? earlier, ManifestFile merged)
    {
        ManifestEntry? Next(ManifestReader? reader) => reader is not null && reader.TryRead(out var entry) ? entry : null;
        var (left, right) = (Next(later), Next(earlier));
        while (left is not null || right is not null)
        {
            var order = left is null ? 1 : right is null ? -1 : KeyOrder.Instance.Compare(left.Key, right.Key);
            merged.Write(order <= 0 ? left! : right!);
            left = order <= 0 ? Next(later) : left;
            right = order >= 0 ? Next(earlier) : right;
        }
    }
}
