namespace Seidra.Database.Tests.Alembic;

public sealed class RevisionParserTests
{
    [TestCase("revision = \"b\"\ndown_revision = \"a\"\n", "a")]
    [TestCase("revision: str = 'b'\ndown_revision: Union[str, Sequence[str], None] = 'a'  # the first\n", "a")]
    [TestCase("revision = 'b'\r\ndown_revision = None\r\n", "")]
    [TestCase("revision = 'b'\ndown_revision = ('a', \"c\")", "a,c")]
    [TestCase("revision = 'b'\ndown_revision = (\n    'a',  # one\n    'c',\n)\n", "a,c")]
    [TestCase("revision = 'b'\ndown_revision = ['a', 'c']\n", "a,c")]
    [TestCase("revision = 'b'\ndown_revision = ('a')\n", "a")]
    [TestCase("revision = 'b'\ndown_revision = 'a' \\\n    'c'\n", "ac")]
    [TestCase("revision = r'b'\ndown_revision = \"\"\"a\"\"\"\n", "a")]
    [TestCase("\"\"\"title\n\nrevision = 'wrong'\ndown_revision = 'wrong'\n\"\"\"\nrevision = 'b'\ndown_revision = 'a'\n", "a")]
    [TestCase("# revision = 'wrong'\nrevision = 'b'\n#down_revision = 'wrong'\ndown_revision = 'a'\n", "a")]
    [TestCase("def upgrade():\n    revision = 'wrong'\n    down_revision = 'wrong'\n\nrevision = 'b'\ndown_revision = 'a'\n", "a")]
    [TestCase("revision = 'b'\ndown_revision = 'wrong'\ndown_revision = 'a'\n", "a")]
    [TestCase("from alembic import op\nbranch_labels = None\nrevision='b';\ndown_revision='a'\ndepends_on = None\n", "a")]
    [TestCase("\uFEFFrevision = 'b'\ndown_revision = 'it\\'s'\n", "it's")]
    public void Assignments_are_found_as_Python_would(string source, string parents)
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["b.py"], source);

        var file = RevisionParser.Parse("b.py", File.ReadAllText(folder["b.py"]));

        Assert.That((file.Problem, file.Revision, string.Join(',', file.Parents)), Is.EqualTo(((string?)null, "b", parents)));
    }

    [TestCase("down_revision = None\n", "states no revision")]
    [TestCase("revision = 'b'\n", "states no down_revision")]
    [TestCase("revision = None\ndown_revision = None\n", "states no revision")]
    [TestCase("revision = 'b'\ndown_revision = PARENT\n", "without Python")]
    [TestCase("revision = make('b')\ndown_revision = None\n", "without Python")]
    [TestCase("revision = 'b'\ndown_revision = 'a' + x\n", "without Python")]
    [TestCase("print(revision)\n", "states no revision")]
    [TestCase("", "states no revision")]
    [TestCase("revision = '", "states no")]
    [TestCase("revision = \"\"\"never closed", "states no")]
    public void What_cannot_be_read_is_said(string source, string named)
    {
        var file = RevisionParser.Parse("b.py", source);

        Assert.That(file.Problem, Does.StartWith("b.py: ").And.Contain(named));
        Assert.That(file.Revision, Is.Null);
    }
}
