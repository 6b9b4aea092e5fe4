namespace Seidra.Database.Tests.Endpoint;

public sealed class PgToolsTests
{
    [Test]
    public async Task The_installed_tool_is_found()
    {
        var tool = await new PgTools().FindAsync("pg_dump", 15);

        Assert.Multiple(() =>
        {
            Assert.That(tool.Major, Is.GreaterThanOrEqualTo(15));
            Assert.That(tool.Version, Does.StartWith($"{tool.Major}."));
            Assert.That(File.Exists(tool.Path));
        });
    }

    [Test]
    public void A_missing_tool_is_named_with_its_remedy()
    {
        using var folder = new TempFolder();

        Assert.That(
            async () => await new PgTools(folder.Path).FindAsync("pg_dump", 15),
            Throws.TypeOf<DatabaseException>().With.Message.Contains("found none").And.Message.Contains("postgresql-client-15"));
    }

    [Test]
    public void A_tool_older_than_the_server_is_refused()
    {
        using var folder = new TempFolder();
        var tools = FakeTool.Write(folder.Path, "pg_dump", "9.6.24", "exit 0");

        Assert.That(
            async () => await tools.FindAsync("pg_dump", 15),
            Throws.TypeOf<DatabaseException>().With.Message.Contains("pg_dump 15 or newer").And.Message.Contains("9.6.24"));
    }

    [Test]
    public void A_file_that_does_not_run_is_as_good_as_none()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["pg_dump"], "no program");

        Assert.That(async () => await new PgTools(folder.Path).FindAsync("pg_dump", 15), Throws.TypeOf<DatabaseException>().With.Message.Contains("found none"));
    }
}
