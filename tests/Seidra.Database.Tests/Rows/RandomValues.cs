using System.Globalization;
using System.Text;

namespace Seidra.Database.Tests.Rows;

/// <summary>Values as a column of Classic may hold them: mostly fitting, often odd. The same seed gives the same values.</summary>
internal sealed class RandomValues(int seed)
{
    private static readonly string[] _words =
        ["", " ", "a", "image", "été doré", "🎨", "e\u0301", "\u2028", "\uFFFE", "\uE000", "\u0378", "tab\t", "quote\"", "back\\slash", "\u007F", "nul\0", "<b>&amp;</b>", "héroïne 東京", "http://x/y.png", "/media/p1.png", "images/2024/01/a.png", "DATA:image", " images/b.png", "\u3000", "x\ud83d\ude00y"];

    private static readonly string[] _booleans = ["0", "1", "t", "f", "true", "false", "TRUE", "yes", "off", " 1", "maybe", ""];
    private static readonly string[] _numbers = ["0", "-0", "1", "007", "1e3", "1.5", "-2.25", " 3", "3 ", "Infinity", "NaN", "1e400", "0x10", "2147483648", "99999999999999999999", "1,5", ".5", "5."];
    private static readonly string[] _statuses = ["pending", "processing", "completed", "Done", "done", "error", "running", " failed ", "queued", "étrange", "canceled", ""];

    private static readonly string[] _times =
    [
        "2023-03-01 10:00:00.123456", "2023-03-01T10:00:00", "2023-03-01", "2023-03-01 10:00", "2023-02-29 10:00:00", "2024-02-29 23:59:59.9", "2023-03-01 10:00:00.1234567",
        "2023-03-01 24:00:00", "2023-03-01 10:00:60", "2023-03-01T12:00:00+02:00", "2023-03-01T12:00:00Z", "2023-03-01 12:00:00+00", "2023-03-01 12:00:00+00:00", "2023-03-01 12:00:00 UTC",
        "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "0000-01-01 00:00:00", "10000-01-01 00:00:00", "2023-13-01 00:00:00", "1677664800", "1677664800123", "1677664800.5", "hier", "infinity", "-infinity",
        "2023-03-01 10:00:00.", "2023-03-01 10:00:00,5", " 2023-03-01 10:00:00", "2023-03-01 10:00:00\n", "2023-03-01 1०:00:00", "1900-02-29", "2000-02-29 00:00:00", "0044-03-15 00:00:00 BC",
    ];

    private readonly Random _random = new(seed);

    public int Next(int limit) => _random.Next(limit);

    public T Pick<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    /// <summary>A value of a column that has this rule.</summary>
    public object? Value(ColumnRule rule) => _random.Next(12) switch
    {
        0 => null,
        1 => Odd(),
        _ when rule.Reference is not null => Key(),
        _ => rule.Convert switch
        {
            "boolean" => _random.Next(3) switch { 0 => (object)(long)_random.Next(3), 1 => new FakeRow.PgBoolean(_random.Next(2) == 0), _ => Pick(_booleans) },
            "integer" or "float" => _random.Next(5) switch { 0 => _random.NextInt64(), 1 => (object)(long)_random.Next(100), 2 => Real(), 3 => new FakeRow.PgFloat(Real()), _ => Pick(_numbers) },
            "timestamp" => Time(),
            "status" => Pick(_statuses),
            "json-object" => Json(0, '{'),
            "json-parameters" => Parameters(),
            "json-flags" => $$"""{"a":true, "b" : false{{(_random.Next(3) == 0 ? ",\"c\":1" : "")}}}""",
            "json-strings" or "json-paths" => Strings(),
            _ => Text(),
        },
    };

    /// <summary>A key or a reference.</summary>
    public object? Key() => _random.Next(8) switch
    {
        0 => (long)_random.Next(3) - 1,
        1 => _random.Next(40).ToString(CultureInfo.InvariantCulture),
        2 => new Guid(_random.Next(9), 0, 0, new byte[8]).ToString("D"),
        3 => new FakeRow.PgInteger(_random.Next(40)),
        _ => (long)_random.Next(40),
    };

    public string Text()
    {
        var text = new StringBuilder();
        for (var count = _random.Next(5); count >= 0; count--)
            text.Append(Pick(_words));
        if (_random.Next(4) == 0)
            text.Insert(0, string.Concat(Enumerable.Repeat(Pick(["é", "ab", "🎨"]), _random.Next(60))));
        return text.ToString();
    }

    /// <summary>A document whose outermost value begins with <paramref name="open"/>, as any program may have written it.</summary>
    public string Json(int depth, char open)
    {
        var parts = Enumerable.Range(0, _random.Next(5)).Select(_ => open == '{' ? $"{Quoted()}{Space()}:{Space()}{JsonValue(depth + 1)}" : JsonValue(depth + 1));
        return $"{Space()}{open}{Space()}{string.Join($"{Space()},{Space()}", parts)}{Space()}{(open == '{' ? '}' : ']')}{Space()}";
    }

    private object Time() => _random.Next(6) switch
    {
        0 => _random.NextInt64(-100_000_000_000_000, 100_000_000_000_000),
        1 => (object)_random.NextInt64(0, 2_000_000_000),
        2 => new FakeRow.PgTimestamp(_random.NextInt64(-70_000_000_000_000_000, 300_000_000_000_000_000), _random.Next(2) == 0),
        3 => _random.Next(2) == 0 ? Real() : new FakeRow.PgFloat(Real() * 1e9),
        4 => new DateTime(_random.NextInt64(DateTime.MaxValue.Ticks)).ToString(Pick(["yyyy-MM-dd HH:mm:ss.ffffff", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-dd"]), CultureInfo.InvariantCulture),
        _ => Pick(_times),
    };

    private double Real() => _random.Next(4) switch
    {
        0 => _random.NextDouble(),
        1 => _random.Next(100),
        2 => BitConverter.Int64BitsToDouble(_random.NextInt64()),
        _ => -0.0,
    };

    private object Odd() => _random.Next(6) switch
    {
        0 => new byte[] { 0x48, 0xE9, 0x6C },
        1 => Encoding.UTF8.GetBytes("octets"),
        2 => new InvalidText([0x61, 0xC3, 0x28]),
        3 => (object)_random.NextInt64(),
        4 => Real(),
        _ => Text(),
    };

    private string JsonValue(int depth) => _random.Next(depth > 4 ? 6 : 9) switch
    {
        0 => "null",
        1 => Pick(["true", "false", "tru", "True"]),
        2 or 3 => Pick(["0", "-0", "1.50", "1e5", "1E+05", "-12", "01", "1.", ".5", "123456789012345678901234567890", "+1", "NaN"]),
        6 or 7 => Json(depth, '{'),
        8 => Json(depth, '['),
        _ => Quoted(),
    };

    private string Quoted()
    {
        var text = new StringBuilder("\"");
        foreach (var unit in _random.Next(3) == 0 ? Text() : Pick(["a", "name", "classic_id", "retry_of", "style_preset", "width", "style", "été"]))
        {
            // As json.dumps of Python writes it, as others do, and sometimes wrongly.
            if (unit is '"' or '\\' || unit < ' ' || (unit > '~' && _random.Next(2) == 0) || _random.Next(40) == 0)
                text.Append(unit is '"' or '\\' && _random.Next(2) == 0 ? $"\\{unit}" : $"\\u{(int)unit:x4}");
            else
                text.Append(unit);
        }

        if (_random.Next(30) == 0)
            text.Append(Pick(["\\n", "\\/", "\\b", "\\x", "\\ud83d", "\\ude00", "\\ud83d\\ude00", "\\u00E9", "\\u12", "\u0001", "\\"]));
        return text.Append('"').ToString();
    }

    private string Parameters()
    {
        var parts = new[] { "width", "height", "num_images", "seed", "guidance_scale", "scheduler", "style", "autre" }.Where(_ => _random.Next(2) == 0).Select(name =>
            $"\"{name}\":{Space()}{_random.Next(6) switch { 0 => "null", 1 => Quoted(), 2 => "\"512\"", 3 => JsonValue(4), _ => Pick(["512", "-1", "-0", "7.5", "768.0", "1e2", "12345678901234567890"]) }}");
        return $"{{{Space()}{string.Join($",{Space()}", parts)}}}";
    }

    private string Strings()
    {
        var parts = Enumerable.Range(0, _random.Next(4)).Select(_ => _random.Next(12) == 0 ? JsonValue(4) : Quoted());
        return $"[{string.Join($",{Space()}", parts)}{(_random.Next(20) == 0 ? "," : "")}]";
    }

    private string Space() => Pick(["", "", "", " ", "\n", "\t \r\n"]);
}
