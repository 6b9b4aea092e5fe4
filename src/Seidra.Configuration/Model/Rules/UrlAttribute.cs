using System.Text.Json.Nodes;

namespace Seidra.Configuration;

/// <summary>A URL of a kind, without password.</summary>
internal sealed class UrlAttribute(UrlKind kind) : RuleAttribute
{
    public override string? Check(object value) => UrlCheck.Problem((string)value, kind);

    public override void AddTo(JsonObject schema) => schema["pattern"] = kind switch
    {
        UrlKind.Http => "^https?://",
        UrlKind.Database => @"^(postgresql(\+psycopg)?://|sqlite:///)",
        UrlKind.Store => "^(s3://|file:///)",
        _ => @"^((https?|ssh|git)://|file:///|/|[^/@:\s]+@[^/:\s]+:)",
    };
}
