using System.IO.Hashing;

namespace Seidra.Database;

/// <summary>The 128-bit hash of a row of Ultimate, the same whichever engine holds it.</summary>
internal sealed class RowHash
{
    private readonly XxHash128 _hash = new();

    public UInt128 Of(object?[] values)
    {
        _hash.Reset();
        foreach (var value in values)
            Append(value);
        return _hash.GetCurrentHashAsUInt128();
    }

    private void Append(object? value)
    {
        switch (value)
        {
            case long number:
                _hash.Number(ValueTags.Number, number);
                break;
            case double number:
                // -0.0 and 0.0 are one number to every reader.
                _hash.Number(ValueTags.Float, BitConverter.DoubleToInt64Bits(number == 0 ? 0 : number));
                break;
            case bool flag:
                _hash.Number(ValueTags.Boolean, flag ? 1 : 0);
                break;
            case DateTime moment:
                _hash.Number(ValueTags.Time, moment.Ticks / TimeSpan.TicksPerMicrosecond);
                break;
            default:
                _hash.Text((string?)value);
                break;
        }
    }
}
