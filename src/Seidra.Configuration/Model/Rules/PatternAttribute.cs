using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Seidra.Configuration;

/// <summary>The form of a text.</summary>
internal sealed class PatternAttribute(string pattern, string meaning) : RuleAttribute
{
    public override string? Check(object value) =>
        // In .NET, $ also accepts a newline at the end; \z does not.
        Regex.IsMatch((string)value, pattern[..^1] + @"\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)
            ? null
            : $"expected {meaning}, found {Quote.Text((string)value)}";

    public override void AddTo(JsonObject schema) => schema["pattern"] = pattern;
}
