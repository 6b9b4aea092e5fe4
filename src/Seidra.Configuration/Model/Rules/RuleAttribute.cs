using System.Text.Json.Nodes;

namespace Seidra.Configuration;

/// <summary>A rule for the value of one key: checked when settings are read, and told to editors by the JSON schema.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class RuleAttribute : Attribute
{
    /// <summary>What is wrong with a value of the right type; null where nothing is. Never repeats a password.</summary>
    public abstract string? Check(object value);

    /// <summary>Adds the rule to the schema of its key.</summary>
    public abstract void AddTo(JsonObject schema);
}
