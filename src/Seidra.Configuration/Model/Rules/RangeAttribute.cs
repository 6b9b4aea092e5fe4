using System.Globalization;
using System.Text.Json.Nodes;

namespace Seidra.Configuration;

/// <summary>Bounds of a number, both included.</summary>
internal sealed class RangeAttribute(int minimum, int maximum) : RuleAttribute
{
    public override string? Check(object value) =>
        Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && number >= minimum && number <= maximum
            ? null
            : $"expected {Bounds}, found {value}";

    public override void AddTo(JsonObject schema)
    {
        schema["minimum"] = minimum;
        schema["maximum"] = maximum;
    }

    private string Bounds => minimum == maximum ? $"{minimum}" : $"a number from {minimum} to {maximum}";
}
