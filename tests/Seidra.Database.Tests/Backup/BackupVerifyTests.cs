namespace Seidra.Database.Tests.Backup;

public sealed class BackupVerifyTests
{
    [Test]
    public async Task Every_file_that_is_not_as_written_is_named_at_once()
    {
        using var folder = new TempFolder();
        var source = await PostgresFixture.CreateDatabaseAsync(Samples.Postgres);
        var manifest = await DatabaseBackup.CreateAsync(source, folder["backup"]);
        var data = manifest.Files.Where(file => file.Name.EndsWith(".dat.zst", StringComparison.Ordinal)).ToArray();
        Flip(Path.Combine(folder["backup"], data[0].Name));
        File.Delete(Path.Combine(folder["backup"], data[1].Name));
        File.AppendAllText(Path.Combine(folder["backup"], data[2].Name), "!");
        File.WriteAllText(Path.Combine(folder["backup"], "dump", "9999.dat.zst"), "");

        var error = Assert.ThrowsAsync<DatabaseException>(() => DatabaseBackup.VerifyAsync(folder["backup"]));

        Assert.That(error!.Problems, Is.EquivalentTo(new[]
        {
            $"{data[0].Name} was changed: its SHA-256 differs from the manifest's.",
            $"{data[1].Name} is missing.",
            $"{data[2].Name} was changed: expected {data[2].SizeBytes} bytes, found {data[2].SizeBytes + 1}.",
            "dump/9999.dat.zst does not belong to the backup.",
        }));
    }

    [TestCase("\"rows\": 501", "\"rows\": 500", "was changed after it was written")]
    [TestCase("{", "", "is damaged")]
    public async Task An_edited_manifest_is_seen(string from, string to, string named)
    {
        using var folder = new TempFolder();
        await DatabaseBackup.CreateAsync(Samples.CreateSqlite(folder["classic.db"]), folder["backup"]);
        var path = Path.Combine(folder["backup"], "manifest.json");
        var text = File.ReadAllText(path);
        var at = text.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(path, text[..at] + to + text[(at + from.Length)..]);

        Assert.That(async () => await DatabaseBackup.VerifyAsync(folder["backup"]), Throws.TypeOf<DatabaseException>().With.Message.Contains(named));
    }

    [Test]
    public async Task A_backup_of_an_earlier_version_is_called_so()
    {
        using var folder = new TempFolder();
        await DatabaseBackup.CreateAsync(Samples.CreateSqlite(folder["classic.db"]), folder["backup"]);
        var path = Path.Combine(folder["backup"], "manifest.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace("  \"format\": 2,\n", "", StringComparison.Ordinal));

        Assert.That(async () => await DatabaseBackup.VerifyAsync(folder["backup"]), Throws.TypeOf<DatabaseException>().With.Message.Contains("found format 1: another version").And.Message.Contains("--target=BackupDatabase"));
    }

    [Test]
    public void A_folder_without_manifest_is_no_backup()
    {
        using var folder = new TempFolder();

        Assert.That(async () => await DatabaseBackup.VerifyAsync(folder.Path), Throws.TypeOf<DatabaseException>().With.Message.Contains("found no manifest.json"));
    }

    private static void Flip(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
