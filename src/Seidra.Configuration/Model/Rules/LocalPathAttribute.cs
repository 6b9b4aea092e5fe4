using System.Text.Json.Nodes;

namespace Seidra.Configuration;

/// <summary>
/// A path of this machine. Relative ones are made absolute: those in the file from the file's folder, those given by
/// environment or <c>--set</c> from the current one.
/// </summary>
internal sealed class LocalPathAttribute : RuleAttribute
{
    public override string? Check(object value) =>
        ((string)value).StartsWith('~') ? $"expected a path, found {Quote.Text((string)value)}: '~' means something to a shell only; write it out" : null;

    public override void AddTo(JsonObject schema) => schema["format"] = "path";
}
