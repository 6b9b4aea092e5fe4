namespace Seidra.Database;

/// <summary>One file of a backup.</summary>
/// <param name="Name">Path below the backup's folder, with forward slashes.</param>
/// <param name="SizeBytes">Length in bytes, as it lies there.</param>
/// <param name="Sha256">SHA-256 of the content, hexadecimal.</param>
public sealed record BackupFile(string Name, long SizeBytes, string Sha256);

/// <summary>One table as it was in the snapshot that was backed up.</summary>
/// <param name="Name">Name of the table, with its schema when that is not <c>public</c>.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Checksum">Order-independent 128-bit sum over all rows, hexadecimal.</param>
public sealed record BackupTable(string Name, long Rows, string Checksum);

/// <summary>What a backup is: made from which server, by which tool, which files, which rows.</summary>
public sealed record BackupManifest
{
    /// <summary>Name of the manifest's file in the backup's folder.</summary>
    public const string FileName = "manifest.json";

    /// <summary>How backups are laid out now: 2 since their files are packed by zstd.</summary>
    public const int CurrentFormat = 2;

    /// <summary>How this backup is laid out.</summary>
    public int Format { get; init; } = CurrentFormat;

    /// <summary>When the snapshot was taken, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The engine.</summary>
    public required DatabaseKind Kind { get; init; }

    /// <summary>Where the data came from, without credentials.</summary>
    public required string Source { get; init; }

    /// <summary>Version of the server, or of the SQLite library.</summary>
    public required string ServerVersion { get; init; }

    /// <summary>Version of <c>pg_dump</c>, or of the SQLite library.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Size of the database on its server, in bytes, indexes included: about what a restored one needs.</summary>
    public required long DatabaseBytes { get; init; }

    /// <summary>Length of all packed files once they are unpacked, in bytes.</summary>
    public required long ContentBytes { get; init; }

    /// <summary>All files, sorted by name.</summary>
    public required IReadOnlyList<BackupFile> Files { get; init; }

    /// <summary>All tables, sorted by name; rows and checksums are of the very snapshot that was written to the files.</summary>
    public required IReadOnlyList<BackupTable> Tables { get; init; }

    /// <summary>How many indexes, constraints, sequences, views and triggers the snapshot held, by kind.</summary>
    public required IReadOnlyDictionary<string, long> Objects { get; init; }

    /// <summary>What the server remarked while it was read; never a remark of the tool itself, which fails the backup.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>SHA-256 over everything above, hexadecimal.</summary>
    public string Sha256 { get; init; } = "";
}
