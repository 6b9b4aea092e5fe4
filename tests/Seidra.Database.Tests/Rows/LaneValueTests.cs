using System.Globalization;
using System.Text;

namespace Seidra.Database.Tests.Rows;

/// <summary>Single values by the fast lanes, beside what the converters make of them.</summary>
public sealed class LaneValueTests
{
    [Test]
    public void Timestamps_are_read_as_the_converter_reads_them()
    {
        var random = new RandomValues(3);
        var taken = 0;
        for (var round = 0; round < 20_000; round++)
        {
            if (random.Value(new ColumnRule("t", []) { Convert = "timestamp" }) is not string text || !TimestampLane.TryRead(Encoding.UTF8.GetBytes(text), out var moment))
                continue;
            Assert.That(PostgresTime.IsDateTime(moment) ? PostgresTime.Read(moment) : (DateTime?)null, Is.EqualTo(TimestampText.Read(text.Trim())), text);
            taken++;
        }

        Assert.That(taken, Is.GreaterThan(2_000));
    }

    [TestCase("2023-03-01 10:00:00.123456", "2023-03-01T10:00:00.1234560")]
    [TestCase("2024-02-29T23:59:59Z", "2024-02-29T23:59:59.0000000")]
    [TestCase("0001-01-01", "0001-01-01T00:00:00.0000000")]
    [TestCase("2023-03-01 10:00:00.1234567", "2023-03-01T10:00:00.1234560")]
    [TestCase("2023-03-01 10:00:00+00:00", "2023-03-01T10:00:00.0000000")]
    public void Usual_timestamps_take_the_fast_lane(string text, string moment)
    {
        Assert.That(TimestampLane.TryRead(Encoding.UTF8.GetBytes(text), out var read), Is.True);
        Assert.That(PostgresTime.Read(read).ToString("O", CultureInfo.InvariantCulture), Is.EqualTo(moment));
    }

    [TestCase("2023-02-29 10:00:00")]
    [TestCase("2023-03-01 24:00:00")]
    [TestCase("2023-03-01 10:00:00+02:00")]
    [TestCase("2023-03-01 10:00")]
    [TestCase("2023-03-01 10:00:00.")]
    [TestCase("1677664800")]
    [TestCase("")]
    public void All_others_do_not(string text) => Assert.That(TimestampLane.TryRead(Encoding.UTF8.GetBytes(text), out _), Is.False);

    [TestCase(0, "2000-01-01 00:00:00")]
    [TestCase(-1, "1999-12-31 23:59:59.999999")]
    [TestCase(1_500_000, "2000-01-01 00:00:01.5")]
    [TestCase(252_455_616_000_000_000, "10000-01-01 00:00:00")]
    [TestCase(-63_113_904_000_000_000, "0001-01-01 00:00:00 BC")]
    [TestCase(long.MaxValue, "infinity")]
    public void PostgreSQL_s_own_text_of_a_timestamp_is_known(long moment, string text) => Assert.That(PostgresTime.Text(moment, zoned: false), Is.EqualTo(text));

    [Test]
    public void UUIDs_are_those_of_StableUuid_in_whatever_order_they_are_asked_for()
    {
        var writer = new StableUuidWriter("generation_jobs");
        var longer = new StableUuidWriter("a_table_whose_name_does_not_leave_room_for_a_number");
        var random = new Random(5);
        var numbers = Enumerable.Range(-20, 200).Select(number => (long)number)
            .Concat(Enumerable.Range(0, 500).Select(_ => random.NextInt64(long.MinValue, long.MaxValue)))
            .Concat(Enumerable.Range(99_990, 30).Select(number => (long)number).Reverse())
            .Concat([long.MaxValue, long.MinValue, 7, 7, 8]);
        Span<byte> text = stackalloc byte[StableUuidWriter.Bytes];
        foreach (var number in numbers)
        {
            writer.Write(number, text);
            Assert.That(Encoding.ASCII.GetString(text), Is.EqualTo(StableUuid.Of("generation_jobs", new KeyId(number, null))), $"{number}");
            longer.Write(number, text);
            Assert.That(Encoding.ASCII.GetString(text), Is.EqualTo(StableUuid.Of("a_table_whose_name_does_not_leave_room_for_a_number", new KeyId(number, null))), $"{number}");
        }
    }

    [TestCase("abc", 3, true)]
    [TestCase("abcd", 3, false)]
    [TestCase("é🎨東", 3, true)]
    [TestCase("é🎨東x", 3, false)]
    public void Lengths_count_characters(string text, int max, bool fits)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(TextLane.Fits(Encoding.UTF8.GetBytes(text), max), Is.EqualTo(fits));
            Assert.That(TextLength.Exceeds(text, max), Is.Not.EqualTo(fits));
        }
    }
}
