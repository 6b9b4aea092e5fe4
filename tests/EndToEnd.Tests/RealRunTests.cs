using Seidra.Database;
using Seidra.Sandbox;

namespace Seidra.EndToEnd.Tests;

/// <summary>A real migration: the systems belong to somebody else, and a seidra.yaml says where they are.</summary>
[TestFixture]
public sealed class RealRunTests : IDisposable
{
    private readonly CutoverProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Test]
    public async Task The_operators_own_systems_are_migrated_from_a_settings_file()
    {
        var systems = await RehearsalWorld.StartOrAttachAsync(new WorldOptions(Path.Combine(_program.Folder, "systems"), "embedded", Rows: 3_000, Objects: 400));
        try
        {
            var settings = await File.ReadAllTextAsync(systems.SettingsFile);
            await File.WriteAllTextAsync(
                Path.Combine(_program.Folder, "studio.yaml"), settings.Replace("instance: rehearsal-embedded", "instance: my-studio", StringComparison.Ordinal));

            var result = await _program.SucceedAsync("--target=Cutover", "--settings=studio.yaml");

            Proof.OfMoved(_program.Report);
            using (Assert.EnterMultipleScope())
            {
                Assert.That((bool)_program.Report["rehearsal"]!, Is.False);
                Assert.That((string)_program.Report["profile"]!, Is.EqualTo("settings"));
                Assert.That(_program.Journal.Instance, Is.EqualTo("my-studio"));
                Assert.That(result.Output, Does.Not.Contain("this report proves a rehearsal"));
                Assert.That((double)_program.Report["writePauseMs"]!, Is.Positive);
                Assert.That(Directory.EnumerateFiles(systems.Endpoints.UltimateMediaDirectory).Count(), Is.GreaterThanOrEqualTo(400), "objects arrived");
            }

            await ProveRowsAsync(systems.Endpoints);
            await ProveClientsAsync(systems);

            var again = await _program.SucceedAsync("--target=Cutover", "--settings=studio.yaml");
            Assert.That((double)_program.Report["writePauseMs"]!, Is.Positive, again.ToString());
            Assert.That(_program.Journal.Steps["SwitchTraffic"].Attempts, Is.EqualTo(1), "the second run changes nothing");
        }
        finally
        {
            await systems.StopAsync();
        }
    }

    // Probe clients go on writing to Ultimate after the switch: at least what Classic has must be there.
    private async Task ProveRowsAsync(WorldEndpoints endpoints)
    {
        var classic = await RowsAsync(endpoints.ClassicDatabaseUrl);
        var ultimate = await RowsAsync(endpoints.UltimateDatabaseUrl);
        using (Assert.EnterMultipleScope())
        {
            foreach (var (from, to) in new[] { ("users", "users"), ("jobs", "generation_jobs"), ("media", "media_items") })
            {
                var quarantined = _program.Report["database"]!["tables"]!.AsArray().Where(table => (string)table!["name"]! == to).Sum(table => (long)table!["quarantinedRows"]!);
                Assert.That(ultimate[to], Is.GreaterThanOrEqualTo(classic[from] - quarantined).And.Positive, $"{from} to {to}");
            }
        }
    }

    private static async Task<Dictionary<string, long>> RowsAsync(string url) =>
        (await DatabaseProbe.DescribeAsync(DatabaseEndpoint.Parse(url, null))).Tables.ToDictionary(table => table.Name, table => table.Rows);

    private static async Task ProveClientsAsync(RehearsalWorld systems)
    {
        var figures = await systems.FiguresAsync();
        var writes = await systems.ProveWritesAsync();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(figures.Failed, Is.Zero, string.Join('\n', figures.FirstFailures));
            Assert.That(writes.Acknowledged, Is.Positive);
            Assert.That(writes.Lost, Is.Zero);
            Assert.That(writes.Doubled, Is.Zero);
        }
    }
}
