using System.Text;

namespace Seidra.Database.Tests.Rows;

/// <summary>Tuples and values, there and back, from either engine.</summary>
public sealed class TupleCodecTests
{
    private static readonly TargetColumn[] _columns =
    [
        new("id", TargetType.Integer), new("a", TargetType.Text), new("b", TargetType.Json), new("c", TargetType.Float),
        new("d", TargetType.Boolean), new("e", TargetType.Timestamp), new("f", TargetType.Text),
    ];

    private static readonly object?[] _values = [7L, "été 🎨", "{\"a\":1}", 0.1, true, new DateTime(2023, 3, 1, 10, 0, 0).AddTicks(1_234_560), null];

    [Test]
    public void A_tuple_is_what_binary_COPY_sends()
    {
        Assert.That(Convert.ToHexString(Tuple(_values)), Is.EqualTo(
            "0007" + "0000000400000007" + "0000000A" + Convert.ToHexString(Encoding.UTF8.GetBytes("été 🎨"))
            + "00000007" + "7B2261223A317D" + "00000008" + "3FB999999999999A" + "0000000101" + "00000008" + Convert.ToHexString(Micros()) + "FFFFFFFF"));
    }

    [Test]
    public void Values_come_back_as_they_were() => Assert.That(TupleCodec.Decode(Tuple(_values), _columns), Is.EqualTo(_values));

    [Test]
    public void The_same_row_of_a_SQLite_file_gives_the_same_bytes()
    {
        var stored = new FakeRow(_values.Select(value => TupleCodec.Stored(value) is var kept && kept is DBNull ? null : kept).ToArray());
        Assert.That(stored.Values[5], Is.EqualTo("2023-03-01 10:00:00.123456"));
        Assert.That(Stored(stored), Is.EqualTo(Tuple(_values)));
    }

    [Test]
    public void Minus_zero_is_zero_whichever_engine_keeps_it()
    {
        Assert.That(Tuple([1L, null, null, -0.0, null, null, null]), Is.EqualTo(Stored(new FakeRow(1L, null, null, 0L, null, null, null))));
    }

    [Test]
    public void What_is_not_of_the_column_s_type_differs_from_every_right_value()
    {
        var right = Stored(new FakeRow(1L, "1", "{}", 1.0, 1L, "2023-03-01 10:00:00.000000", null));
        Assert.That(Stored(new FakeRow(1L, "1", "{}", 1.0, 2L, "2023-03-01 10:00:00.000000", null)), Is.Not.EqualTo(right));
        Assert.That(Stored(new FakeRow(1L, "1", "{}", "x", 1L, "2023-03-01 10:00:00.000000", null)), Is.Not.EqualTo(right));
        Assert.That(Stored(new FakeRow(1L, "1", "{}", 1.0, 1L, "hier", null)), Is.Not.EqualTo(right));
        Assert.That(Stored(new FakeRow("eins", "1", "{}", 1.0, 1L, "2023-03-01 10:00:00.000000", null)), Is.Not.EqualTo(right));
    }

    private static byte[] Micros()
    {
        var bytes = new byte[sizeof(long)];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, (((DateTime)_values[5]!).Ticks - new DateTime(2000, 1, 1).Ticks) / 10);
        return bytes;
    }

    private static byte[] Tuple(object?[] values)
    {
        var into = new FieldBuffer();
        into.Count(values.Length);
        foreach (var value in values)
            TupleCodec.Append(into, value);
        return into.Written.ToArray();
    }

    private static byte[] Stored(FakeRow row)
    {
        var into = new FieldBuffer();
        into.Count(_columns.Length);
        for (var index = 0; index < _columns.Length; index++)
            TupleCodec.AppendStored(into, row.Raw(index), _columns[index].Type);
        return into.Written.ToArray();
    }
}
