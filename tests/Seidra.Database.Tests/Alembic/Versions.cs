namespace Seidra.Database.Tests.Alembic;

/// <summary>A checkout's folder of revisions.</summary>
internal static class Versions
{
    /// <summary>The chain as the real repository has it: the last revision names a parent that does not exist.</summary>
    public static readonly (string Stem, string Revision, string Parent)[] Upstream =
    [
        ("20240925_0001_create_core_tables", "20240925_0001", "None"),
        ("20241003_0002_add_generation_metrics_table", "20241003_0002", "'20240925_0001'"),
        ("20241009_0003_add_notifications_table", "20241009_0003", "'20241003_0002_add_generation_metrics_table'"),
    ];

    /// <summary>The chain with that link corrected.</summary>
    public static readonly (string Stem, string Revision, string Parent)[] Mended =
        [Upstream[0], Upstream[1], Upstream[2] with { Parent = "'20241003_0002'" }];

    /// <summary>Writes revision files; the parent is given as Python writes it.</summary>
    public static string Write(string folder, params (string Stem, string Revision, string Parent)[] files)
    {
        Directory.CreateDirectory(folder);
        foreach (var (stem, revision, parent) in files)
            File.WriteAllText(Path.Combine(folder, stem + ".py"), $"\"\"\"{stem}\"\"\"\n\nrevision = \"{revision}\"\ndown_revision = {parent}\n\n\ndef upgrade() -> None:\n    pass\n");
        return folder;
    }
}
