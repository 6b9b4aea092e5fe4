using System.Globalization;

namespace Seidra.Database;

/// <summary>Double precision as PostgreSQL writes it (extra_float_digits above 0: the shortest text that reads back the same).</summary>
internal static class PostgresNumber
{
    // From here on PostgreSQL writes an exponent; .NET only does from 17 digits on.
    private const double Exponent = 1e15;

    public static string Text(double number)
    {
        if (!double.IsFinite(number))
            return number.ToString(CultureInfo.InvariantCulture);
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        if (text.Contains('E'))
            return text.Replace('E', 'e');
        if (Math.Abs(number) < Exponent)
            return text;
        var sign = number < 0 ? "-" : "";
        var digits = text[sign.Length..];
        var fraction = digits[1..].TrimEnd('0');
        return $"{sign}{digits[0]}{(fraction.Length > 0 ? "." : "")}{fraction}e+{digits.Length - 1}";
    }
}
