namespace Seidra.Database;

/// <summary>
/// The password for PostgreSQL's programs in a file that only this user may read (libpq's PGPASSFILE): neither arguments nor
/// environment of a process are private.
/// </summary>
internal sealed class PgPass : IDisposable
{
    private PgPass(string path) => Path = path;

    /// <summary>Absolute path of the file, 0600.</summary>
    public string Path { get; }

    /// <summary>Writes the file into a folder of ours.</summary>
    public static PgPass Write(string folder, DatabaseEndpoint endpoint)
    {
        if (endpoint.Password?.AsSpan().IndexOfAny('\n', '\r', '\0') >= 0)
            throw new DatabaseException($"The password for {endpoint.Display} holds a line break, which PostgreSQL's programs cannot be given. Choose another password.");
        var path = System.IO.Path.Combine(folder, ".pgpass");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        // The file serves one process for one server, hence the wildcards.
        if (endpoint.Password is { } password)
            writer.Write($"*:*:*:*:{password.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(":", "\\:", StringComparison.Ordinal)}\n");
        return new PgPass(path);
    }

    /// <summary>Removes the file.</summary>
    public void Dispose() => File.Delete(Path);
}
