using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Seidra.Database;
using Seidra.Journal;
using Seidra.Sandbox.Machines;

namespace Seidra.EndToEnd.Tests;

/// <summary>Systems and folders that are not as they should be: named with the remedy, and left as they were.</summary>
[TestFixture]
public sealed class RefusedInputTests : IDisposable
{
    private readonly CutoverProgram _program = new();
    private readonly OperatorSettings _settings;

    public RefusedInputTests() => _settings = new OperatorSettings(_program.Folder);

    public void Dispose() => _program.Dispose();

    [Test]
    public async Task Refused_credentials_are_told_without_the_password()
    {
        const string Wrong = "wrong-Passw0rd-of-a-test";
        await using var server = await LocalPostgres.StartAsync(Path.Combine(_program.Folder, "server"));
        _settings.MakeClassic();
        File.WriteAllText(Path.Combine(_program.Folder, "password"), Wrong);
        _settings.ClassicDatabase = $"url: '{server.Url("postgres")}', password: 'file:{Path.Combine(_program.Folder, "password")}'";

        var result = await RefusedAsync(3, "127.0.0.1", "password");

        Assert.That(result.ToString(), Does.Not.Contain(Wrong).And.Not.Contain(server.Password));
    }

    [Test]
    public async Task An_empty_media_store_is_no_Classic()
    {
        _settings.MakeClassic(objects: 0);

        await RefusedAsync(3, _settings.Media, "classic.media");
    }

    [Test]
    public async Task An_Ultimate_that_somebody_uses_is_not_touched()
    {
        _settings.MakeClassic();
        await UltimateSchema.CreateAsync(DatabaseEndpoint.Parse($"sqlite://{_settings.Ultimate}", null));
        using (var ultimate = new SqliteConnection($"Data Source={_settings.Ultimate};Pooling=False"))
        {
            ultimate.Open();
            using var insert = ultimate.CreateCommand();
            insert.CommandText =
                "INSERT INTO users (username, email, hashed_password) VALUES ('ada', 'ada@example.org', 'x'), ('bob', 'bob@example.org', 'x')";
            insert.ExecuteNonQuery();
        }

        var before = Hash(_settings.Ultimate);
        await RefusedAsync(3, _settings.Ultimate, "2 rows in users", "empty database");

        Assert.That(Hash(_settings.Ultimate), Is.EqualTo(before));
    }

    [Test]
    public async Task A_full_disk_is_seen_before_the_backup_begins()
    {
        _settings.MakeClassic();
        using var disk = new TinyDisk(Path.Combine(_program.Folder, "disk"));
        _settings.More.Add($"backup: {{ directory: '{disk.Folder}' }}");

        await RefusedAsync(1, disk.Folder, "backup.directory");

        Assert.That(Directory.EnumerateFileSystemEntries(disk.Folder), Is.Empty);
        Assert.That(_program.Journal.Steps.Keys, Is.EquivalentTo(new[] { "BackupDatabase" }));
    }

    [Test]
    public async Task A_locked_state_folder_names_who_holds_it()
    {
        _settings.MakeClassic();
        using var held = RunLock.Acquire(_program.State, "a test");

        await RefusedAsync(6, Environment.MachineName, $"{Environment.ProcessId}", "a test");

        Assert.That(File.Exists(Path.Combine(_program.State, "journal.jsonl")), Is.False);
    }

    [Test]
    public async Task A_damaged_journal_is_named_by_line_and_left_alone()
    {
        _settings.MakeClassic();
        using (var journal = MigrationJournal.Open(_program.State, "bad-input"))
        {
            journal.Fact("one", "first");
            journal.Fact("two", "second");
        }

        var file = Path.Combine(_program.State, "journal.jsonl");
        File.WriteAllText(file, File.ReadAllText(file).Replace("first", "firsT", StringComparison.Ordinal));
        var damaged = File.ReadAllBytes(file);

        await RefusedAsync(1, "journal.jsonl line 2", "--state=DIR");
        var status = await _program.RunAsync("--target=Status");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllBytes(file), Is.EqualTo(damaged));
            Assert.That(status.ExitCode, Is.EqualTo(1), status.ToString());
            Assert.That(status.Errors, Does.Contain("line 2"), status.ToString());
        }
    }

    [TestCase("classic: [1", "seidra.yaml:12", "flow sequence")]
    [TestCase("\tinstance: x", "seidra.yaml:", "tab")]
    [TestCase("versoin: 1", "seidra.yaml:11", "version")]
    [TestCase("backup: { direktory: /x }", "seidra.yaml:11", "directory")]
    public async Task Settings_that_cannot_be_read_are_told_by_line(string line, string place, string named)
    {
        _settings.MakeClassic();
        _settings.More.Add(line);

        await RefusedAsync(2, place, named);

        Assert.That(Directory.Exists(_program.State), Is.False);
    }

    [Test]
    public async Task A_settings_file_that_is_a_folder_does_not_become_a_rehearsal()
    {
        _settings.MakeClassic();
        var folder = Directory.CreateDirectory(Path.Combine(_program.Folder, "seidra.yaml"));

        var result = await _program.RunAsync("--target=Cutover");

        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(result.Errors, Does.Contain(folder.FullName), result.ToString());
        Assert.That(Directory.Exists(_program.State), Is.False);
    }

    [Test]
    public async Task A_wrong_override_of_a_rehearsal_names_the_nearest_key_and_leaves_nothing_running()
    {
        var result = await _program.RunAsync(["--target=Cutover", "--set", "freeze.deadlineSecond=9", .. CutoverProgram.Small]);

        Assert.That(result.ExitCode, Is.EqualTo(2), result.ToString());
        Assert.That(result.Errors, Does.Contain("freeze.deadlineSeconds"), result.ToString());
        Assert.That(ProcessTable.WithCommandLine(_program.State), Is.Empty);
        Assert.That(_program.Journal.Steps, Is.Empty);
    }

    private static string Hash(string file) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)));

    private async Task<ProgramResult> RefusedAsync(int exitCode, params string[] named)
    {
        _settings.Write();
        var classic = Hash(_settings.Classic);
        var ultimate = File.Exists(_settings.Ultimate);

        var result = await _program.RunAsync("--target=Cutover");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.ToString());
            foreach (var name in named)
            {
                Assert.That(result.Errors, Does.Contain(name), result.ToString());
            }

            Assert.That(Hash(_settings.Classic), Is.EqualTo(classic), "Classic's database is as it was");
            Assert.That(File.Exists(_settings.Ultimate), Is.EqualTo(ultimate), "Ultimate's database is not made");
            Assert.That(Directory.Exists(Path.Combine(_program.Folder, "ultimate-media")), Is.False, "Ultimate's media folder is not made");
        }

        return result;
    }
}
