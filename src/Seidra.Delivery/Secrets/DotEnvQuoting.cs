namespace Seidra.Delivery;

/// <summary>
/// Quotes values so that the shell, Compose 1 (python-dotenv) and Compose 2 (compose-go) read the same. They agree on
/// single quotes unless the value holds a single quote or certain backslashes, and on double quotes unless it holds
/// anything that any of them expands; the few values that fit neither are refused.
/// </summary>
internal static class DotEnvQuoting
{
    private const string PlainMarks = "_-.,:/@%+=";

    /// <summary>The value as it is written after the equals sign.</summary>
    /// <exception cref="DeliveryException">No way of writing it is read alike by all; names the variable, not the value.</exception>
    public static string Quote(string name, string value)
    {
        if (value.Any(char.IsControl)) throw new DeliveryException($"{name}: a value in a .env file cannot hold line breaks or control characters. Choose another value.");
        if (value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || PlainMarks.Contains(c, StringComparison.Ordinal))) return value;
        // python-dotenv expands ${NAME} even in single quotes, where the shell does not.
        if (value.Contains("${", StringComparison.Ordinal)) throw new DeliveryException($"{name}: holds ${{, which Docker Compose 1 would expand. Choose a value without it.");
        // python-dotenv takes \\ and \' for escapes in single quotes, and so would a backslash before the closing one.
        if (!value.Contains('\'', StringComparison.Ordinal) && !value.Contains(@"\\", StringComparison.Ordinal) && !value.EndsWith('\\')) return $"'{value}'";
        if (value.IndexOfAny(['"', '\\', '$', '`']) < 0) return $"\"{value}\"";
        throw new DeliveryException(
            $"{name}: no way of writing this value is read alike by Docker Compose and the shell (it holds ' or \\\\ besides \" \\ $ or `). Choose a value without these characters.");
    }
}
