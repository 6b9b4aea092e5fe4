using Seidra.Database.Tests.Backup;

namespace Seidra.Database.Tests.Alembic;

[TestFixture(DatabaseKind.PostgreSql)]
[TestFixture(DatabaseKind.Sqlite)]
public sealed class AlembicInspectorTests(DatabaseKind kind)
{
    private const string Classic = "CREATE TABLE users(id INTEGER); CREATE TABLE personas(id INTEGER); CREATE TABLE jobs(id INTEGER); CREATE TABLE media(id INTEGER);";
    private const string Ultimate = "CREATE TABLE users(id INTEGER); CREATE TABLE personas(id INTEGER); CREATE TABLE generation_jobs(id INTEGER); CREATE TABLE media_items(id INTEGER);";

    private TempFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TempFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public async Task A_database_at_head_has_nothing_pending()
    {
        var report = await InspectAsync(Ultimate + Stamp("20241009_0003"), Versions.Mended);

        Assert.Multiple(() =>
        {
            Assert.That((report.Stamped, report.Shape, report.Tables), Is.EqualTo((true, ClassicShape.UltimateTables, 5)));
            Assert.That(report.Revisions, Is.EqualTo(new[] { "20241009_0003" }));
            Assert.That(report.ChainHeads, Is.EqualTo(report.Revisions));
            Assert.That(report.Pending, Is.Empty);
            Assert.That(report.Problems, Is.Empty);
        });
    }

    [Test]
    public async Task A_database_behind_head_names_what_is_pending()
    {
        var report = await InspectAsync(Ultimate + Stamp("20240925_0001"), Versions.Upstream);

        Assert.That(report.Pending, Is.EqualTo(new[] { "20241003_0002", "20241009_0003" }));
        Assert.That(report.Problems.Select(problem => problem.Kind), Is.EqualTo(new[] { AlembicProblemKind.BrokenLink }));
    }

    [Test]
    public async Task A_revision_that_the_checkout_does_not_have_is_named()
    {
        var report = await InspectAsync(Ultimate + Stamp("20241009_0004"), Versions.Mended);

        Assert.That(report.Problems.Single().Kind, Is.EqualTo(AlembicProblemKind.UnknownRevision));
        Assert.That(report.Problems.Single().Message, Does.Contain("'20241009_0004'").And.Contain("nearest is '20241009_0003'"));
        Assert.That(report.Pending, Is.Empty);
    }

    [Test]
    public async Task Tables_without_a_revision_are_named_unstamped()
    {
        var report = await InspectAsync(Ultimate, Versions.Mended);
        var empty = await InspectAsync(Stamp(null), Versions.Mended);

        Assert.That((report.Stamped, report.Problems.Single().Kind), Is.EqualTo((false, AlembicProblemKind.Unstamped)));
        Assert.That((empty.Stamped, empty.Problems.Single().Kind), Is.EqualTo((false, AlembicProblemKind.Unstamped)), "an empty version table states nothing");
    }

    [TestCase(Classic, ClassicShape.Classic)]
    [TestCase(Classic + "ALTER TABLE media ADD COLUMN favorite INTEGER;", ClassicShape.ClassicEnriched)]
    [TestCase(Classic + "ALTER TABLE jobs ADD COLUMN retry_of INTEGER;", ClassicShape.ClassicEnriched)]
    [TestCase(Classic + "CREATE TABLE generation_jobs(id INTEGER); CREATE TABLE media_items(id INTEGER);", ClassicShape.Classic)]
    [TestCase(Ultimate, ClassicShape.UltimateTables)]
    [TestCase("CREATE TABLE users(id INTEGER); CREATE TABLE orders(id INTEGER);", ClassicShape.Unknown)]
    public async Task The_shape_is_told_by_the_tables(string script, ClassicShape shape)
    {
        Assert.That((await InspectAsync(script)).Shape, Is.EqualTo(shape));
    }

    private static string Stamp(string? revision) =>
        "CREATE TABLE alembic_version(version_num VARCHAR(32) NOT NULL);" + (revision is null ? "" : $"INSERT INTO alembic_version VALUES ('{revision}');");

    private async Task<AlembicReport> InspectAsync(string script, params (string Stem, string Revision, string Parent)[] files)
    {
        var database = kind == DatabaseKind.PostgreSql
            ? await PostgresFixture.CreateDatabaseAsync(script)
            : Samples.CreateSqlite(_folder[$"{Guid.NewGuid():n}.db"], script);
        return await AlembicInspector.InspectAsync(database, files.Length == 0 ? null : Versions.Write(_folder["versions"], files));
    }
}
