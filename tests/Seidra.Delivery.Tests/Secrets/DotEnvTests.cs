namespace Seidra.Delivery.Tests;

public sealed class DotEnvTests : IDisposable
{
    /// <summary>Values as people and generators make them; every one must come out of every reader as it went in.</summary>
    public static readonly string[] Values =
    [
        "", "plain", "with space", " leading and trailing ", "a#b", "a #b", "#", "$HOME", "$", "a$", "{HOME}", "`id`", "$(id)", "a=b=c", "quote\"d", "it's",
        "back\\slash", "C:\\new\\table", "percent%41", "emoji😀é", "!bang!", "a;b&c|d>e", "*", "~", "'", "tab-free", "postgresql+psycopg://u:p%40ss@db:5432/x?a=b&c=d",
        "{\"json\": [1, 2]}", "export X=1", "a, b", "<>()", "\\n",
    ];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static DotEnv Written()
    {
        var file = DotEnv.Parse("", ".env");
        for (var i = 0; i < Values.Length; i++) file.Set($"V{i}", Values[i]);
        return file;
    }

    [Test]
    public void What_is_written_is_read_back()
    {
        var read = DotEnv.Parse(Written().ToText(), ".env").Values;

        Assert.That(Values.Select((_, i) => read[$"V{i}"]), Is.EqualTo(Values));
    }

    [TestCase("sh")]
    [TestCase("bash")]
    public async Task The_shell_reads_the_same(string shell)
    {
        var path = _folder.Write(".env", Written().ToText());

        var result = await new ProcessRunner().RunAsync(new ProcessSpec
        {
            FileName = shell,
            Arguments = ["-c", $". {path}; {string.Join("; ", Values.Select((_, i) => $"printf '%s\\0' \"$V{i}\""))}"],
            Capture = true,
        });

        Assert.That(result.Output.Split('\0')[..^1], Is.EqualTo(Values));
    }

    [TestCase("it's $5")]
    [TestCase("x${HOME}y")]
    [TestCase("it's \\")]
    [TestCase("two\\\\backslashes'")]
    [TestCase("ends with\\")]
    [TestCase("line\nbreak")]
    [TestCase("nul\0")]
    public void A_value_that_the_readers_would_read_differently_is_refused_without_being_shown(string value)
    {
        Assert.That(
            () => DotEnv.Parse("", ".env").Set("JWT_SECRET", value),
            Throws.TypeOf<DeliveryException>().With.Message.StartWith("JWT_SECRET").And.Message.Not.Contains(value));
    }

    [TestCase("A=1", "1")]
    [TestCase("export A=1", "1")]
    [TestCase("  A = 1  ", "1")]
    [TestCase("A=1 # note", "1")]
    [TestCase("A=1#2", "1#2")]
    [TestCase("A=# nothing", "")]
    [TestCase("A=", "")]
    [TestCase("A='x # y' # note", "x # y")]
    [TestCase("A=\"x\\n\\\"y\\\" \\$z \\d\"", "x\n\"y\" $z \\d")]
    [TestCase("A='first\nsecond'", "first\nsecond")]
    [TestCase("A=1\r\n", "1")]
    [TestCase("A='1'\r\nB=2\r\n", "1")]
    [TestCase("A=1\nA=2", "2")]
    [TestCase("\uFEFFA=1", "1")]
    [TestCase("A=$HOME", "$HOME")]
    public void Files_of_others_are_read_as_Compose_reads_them(string text, string expected)
    {
        Assert.That(DotEnv.Parse(text, ".env").Values["A"], Is.EqualTo(expected));
    }

    [Test]
    public void Comments_order_and_unknown_lines_stay()
    {
        const string Text = "# Ultimate\n\nexport A=1\nwhat is this\nB='two'  # note\nMULTI='x\ny'\n";
        var file = DotEnv.Parse(Text, ".env");

        file.Set("B", "new value");
        file.Set("C", "3");

        Assert.That(file.ToText(), Is.EqualTo("# Ultimate\n\nexport A=1\nwhat is this\nB='new value'\nMULTI='x\ny'\nC=3\n"));
    }

    [TestCase("# c\nA='never closed\n", ".env:2: A: the ' is never closed")]
    [TestCase("A=\"x", ".env:1: A: the \" is never closed")]
    [TestCase("X=1\nA='x'y\n", ".env:2: A: there is text after the closing '")]
    public void Damage_is_located_and_no_value_shown(string text, string expected)
    {
        Assert.That(() => DotEnv.Parse(text, ".env"), Throws.TypeOf<DeliveryException>().With.Message.Contains(expected));
    }

    [TestCase("")]
    [TestCase("1A")]
    [TestCase("A-B")]
    [TestCase("A=B")]
    [TestCase("A\nB")]
    public void Bad_names_are_refused(string name)
    {
        Assert.That(() => DotEnv.Parse("", ".env").Set(name, "x"), Throws.TypeOf<DeliveryException>());
    }
}
