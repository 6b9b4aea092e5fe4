namespace Seidra.Sandbox.Machines;

/// <summary>
/// Keeps Debian's PostgreSQL packages, while they are being installed, from making and starting a cluster of their own
/// on port 5432, which nobody asked for and which would hold that port at every boot from then on.
/// </summary>
/// <remarks>
/// A drop-in file for pg_createcluster(1), read by the package's postinst, and taken away again: the host's own
/// createcluster.conf stays as Debian writes it (a file put there beforehand would be kept by ucf for good), a cluster
/// that exists stays, and who installs PostgreSQL for themselves later gets what Debian promises. The package stays the
/// unversioned one, as the version differs between releases.
/// </remarks>
internal sealed class NoMainCluster : IDisposable
{
    private readonly string folder;
    private readonly string file;
    private readonly bool madeFolder;

    public NoMainCluster(string folder = "/etc/postgresql-common/createcluster.d")
    {
        this.folder = folder;
        file = Path.Combine(folder, "seidra-rehearsal.conf");
        try
        {
            madeFolder = !Directory.Exists(folder);
            Directory.CreateDirectory(folder);
            File.WriteAllText(file, "# Only while SEIDRA's rehearsal installs PostgreSQL; may be deleted.\ncreate_main_cluster = false\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SandboxException($"Expected to write {file}, found: {error.Message}.", error);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        File.Delete(file);
        if (madeFolder && !Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }
}
