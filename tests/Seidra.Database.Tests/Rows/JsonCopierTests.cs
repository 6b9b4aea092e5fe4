using System.Text;

namespace Seidra.Database.Tests.Rows;

/// <summary>What the copier writes is byte for byte what parsing and writing again gives; what is no JSON it does not take.</summary>
public sealed class JsonCopierTests
{
    [TestCase("""{ "a" : [ 1 , 2.50 , -0 , 1E+5 ] }""", """{"a":[1,2.50,-0,1E+5]}""")]
    [TestCase("""{"été":"\u00e9\/\t\"\\"}""", """{"été":"é/\t\"\\"}""")]
    [TestCase("""{"x":"🎨","y":"\ud83c\udfa8"}""", """{"x":"\uD83C\uDFA8","y":"\uD83C\uDFA8"}""")]
    [TestCase("""{"a":1,"a":2}""", """{"a":1,"a":2}""")]
    [TestCase("{}", "{}")]
    [TestCase("\"<&>\u007f\"", "\"<&>\\u007F\"")]
    public void Well_formed_JSON_is_copied(string source, string copy)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Copy(Encoding.UTF8.GetBytes(source)), Is.EqualTo(copy));
            Assert.That(Careful(source), Is.EqualTo(copy));
        }
    }

    [TestCase("{")]
    [TestCase("{\"a\":1,}")]
    [TestCase("[1,]")]
    [TestCase("[1 2]")]
    [TestCase("{\"a\" 1}")]
    [TestCase("{a:1}")]
    [TestCase("[01]")]
    [TestCase("[1.]")]
    [TestCase("[+1]")]
    [TestCase("[1e]")]
    [TestCase("[-]")]
    [TestCase("[tru]")]
    [TestCase("[NaN]")]
    [TestCase("[\"a\nb\"]")]
    [TestCase("[\"\\x\"]")]
    [TestCase("[\"\\u12\"]")]
    [TestCase("[\"\\ud83d\"]")]
    [TestCase("[\"a]")]
    [TestCase("[1]x")]
    [TestCase("[1]\0")]
    [TestCase("\uFEFF[1]")]
    [TestCase("// a\n[1]")]
    [TestCase("")]
    public void What_is_no_JSON_is_not(string source)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Copy(Encoding.UTF8.GetBytes(source)), Is.Null);
            Assert.That(Careful(source), Is.Null);
        }
    }

    [Test]
    public void Bytes_that_are_no_UTF_8_are_not() => Assert.That(Copy([(byte)'[', (byte)'"', 0xC3, 0x28, (byte)'"', (byte)']']), Is.Null);

    [Test]
    public void Random_documents_whole_and_broken_come_out_the_same()
    {
        var random = new RandomValues(7);
        var (taken, broken) = (0, 0);
        for (var round = 0; round < 20_000; round++)
        {
            var source = random.Json(0, random.Next(2) == 0 ? '{' : '[');
            if (random.Next(4) == 0)
                source = source.Remove(random.Next(source.Length), 1);
            // Half of a surrogate pair is no text: no engine gives it.
            var bytes = Encoding.UTF8.GetBytes(source);
            source = Encoding.UTF8.GetString(bytes);
            var copy = Copy(bytes);
            Assert.That(copy, Is.EqualTo(Careful(source)), source);
            taken += copy is null ? 0 : 1;
            broken += copy is null ? 1 : 0;
        }

        Assert.That((taken, broken), Is.GreaterThan((1_000, 0)).And.Matches<(int, int)>(both => both.Item2 > 1_000));
    }

    private static string? Copy(byte[] source)
    {
        var into = new FieldBuffer();
        var json = new JsonCopier(source, into, new JsonScratch());
        return json.IsUsable && json.Value() && json.Finish() ? Encoding.UTF8.GetString(into.Written) : null;
    }

    private static string? Careful(string source)
    {
        using var document = JsonText.Parse(source);
        return document is null ? null : JsonText.Write(document.RootElement.WriteTo);
    }
}
