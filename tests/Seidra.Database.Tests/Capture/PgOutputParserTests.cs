using System.Buffers.Binary;
using System.Text;

namespace Seidra.Database.Tests.Capture;

/// <summary>The parser on messages made here, whole and damaged.</summary>
public sealed class PgOutputParserTests
{
    [Test]
    public void Every_message_is_understood()
    {
        var sink = new Sink();
        var parser = new PgOutputParser(sink);
        foreach (var message in Messages())
            parser.Parse(message);
        Assert.That(sink.Told, Is.EqualTo(new[]
        {
            "begin 77 2000-01-01T00:00:01", "relation public.jobs id,big", "row 7", "row 7", "row 8", "row 7", "row 9", "row 7", "row 7", "truncate", "message seidra_cutover hello", "commit 300",
        }));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public void Damage_is_named_with_its_place_and_never_hangs(int seed)
    {
        var random = new Random(seed);
        var (refused, taken) = (0, 0);
        for (var round = 0; round < 5_000; round++)
        {
            var parser = new PgOutputParser(new Sink());
            try
            {
                foreach (var message in Messages())
                    parser.Parse(random.Next(4) > 0 ? message : Damage(message, random));
                taken++;
            }
            catch (DatabaseException error)
            {
                Assert.That(error.Message, Does.Match("at byte [0-9]+ of a pgoutput message '.' of [0-9]+ bytes"));
                refused++;
            }
        }

        TestContext.Out.WriteLine($"seed {seed}: {refused} refused, {taken} taken");
        Assert.That((refused, taken), Is.Not.EqualTo((0, 5_000)).And.Not.EqualTo((5_000, 0)));
    }

    [Test]
    public void Every_truncation_and_every_excess_is_refused()
    {
        var messages = Messages().ToList();
        foreach (var message in messages)
        {
            foreach (var wrong in Enumerable.Range(0, message.Length).Select(length => message[..length]).Append([.. message, 0]))
            {
                var parser = new PgOutputParser(new Sink());
                parser.Parse(messages[1]);
                Assert.That(() => parser.Parse(wrong), Throws.TypeOf<DatabaseException>(), $"{(char)message[0]}, {wrong.Length} of {message.Length} bytes");
            }
        }
    }

    [Test]
    public void A_row_of_an_unknown_table_and_one_without_key_are_refused()
    {
        var messages = Messages().ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new PgOutputParser(new Sink()).Parse(messages[2]), Throws.TypeOf<DatabaseException>().With.Message.Contains("described before"));
            var parser = new PgOutputParser(new Sink());
            parser.Parse(messages[1]);
            Assert.That(() => parser.Parse([(byte)'U', .. Int(5), .. Tuple('N', null, "u")]), Throws.TypeOf<DatabaseException>().With.Message.Contains("REPLICA IDENTITY"));
        }
    }

    private static byte[] Damage(byte[] message, Random random)
    {
        if (random.Next(2) == 0)
            return message[..random.Next(message.Length)];
        byte[] damaged = [.. message];
        for (var flips = random.Next(1, 4); flips > 0; flips--)
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
        return damaged;
    }

    private static IEnumerable<byte[]> Messages()
    {
        yield return [(byte)'B', .. Long(300), .. Long(1_000_000), .. Int(77)];
        yield return [(byte)'R', .. Int(5), .. Text("public"), .. Text("jobs"), (byte)'d', .. Short(2), 1, .. Text("id"), .. Int(20), .. Int(-1), 0, .. Text("big"), .. Int(25), .. Int(-1)];
        yield return [(byte)'I', .. Int(5), .. Tuple('N', "7", "long")];
        yield return [(byte)'U', .. Int(5), .. Tuple('N', "7", "u")];
        yield return [(byte)'U', .. Int(5), .. Tuple('K', "7", null), .. Tuple('N', "8", "u")];
        yield return [(byte)'U', .. Int(5), .. Tuple('O', "9", "old"), .. Tuple('N', "9", "new")];
        yield return [(byte)'D', .. Int(5), .. Tuple('K', "7", null)];
        yield return [(byte)'D', .. Int(5), .. Tuple('O', "7", "old")];
        yield return [(byte)'T', .. Int(1), 0, .. Int(5)];
        yield return [(byte)'M', 1, .. Long(1), .. Text("seidra_cutover"), .. Int(5), .. "hello"u8];
        yield return [(byte)'O', .. Long(1), .. Text("origin")];
        yield return [(byte)'Y', .. Int(9), .. Text("public"), .. Text("mood")];
        yield return [(byte)'C', 0, .. Long(200), .. Long(300), .. Long(5)];
    }

    // "u" stands for a value that was left out as unchanged.
    private static byte[] Tuple(char part, params string?[] values) =>
        [(byte)part, .. Short((short)values.Length), .. values.SelectMany<string?, byte>(value => value switch
        {
            null => [(byte)'n'],
            "u" => [(byte)'u'],
            _ => [(byte)'t', .. Int(value.Length), .. Encoding.UTF8.GetBytes(value)],
        })];

    private static byte[] Text(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    private static byte[] Short(short number)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteInt16BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Int(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    private static byte[] Long(long number)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }

    private sealed class Sink : IPgOutputSink
    {
        public List<string> Told { get; } = [];

        public void Begin(uint xid, DateTimeOffset committed) => Told.Add($"begin {xid} {committed:yyyy-MM-ddTHH:mm:ss}");

        public void Commit(ulong end) => Told.Add($"commit {end}");

        public int? Relation(string schema, string name, uint relation, IReadOnlyList<string> columns)
        {
            Told.Add($"relation {schema}.{name} {string.Join(',', columns)}");
            return columns.Count > 0 ? 0 : null;
        }

        public void Row(uint relation, ReadOnlySpan<byte> key) => Told.Add($"row {Encoding.UTF8.GetString(key)}");

        public void Truncate(uint relation) => Told.Add("truncate");

        public void Message(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> content) => Told.Add($"message {Encoding.UTF8.GetString(prefix)} {Encoding.UTF8.GetString(content)}");
    }
}
