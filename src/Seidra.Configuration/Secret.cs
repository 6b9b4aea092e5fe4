using System.Diagnostics;
using System.Text.Json.Serialization;

namespace Seidra.Configuration;

/// <summary>
/// A secret that never prints: text, JSON, debugger and records that hold it show <c>***</c>. Only <see cref="Reveal"/> gives
/// the value, so each use can be found by that name.
/// </summary>
[DebuggerDisplay(Mask)]
[JsonConverter(typeof(SecretJsonConverter))]
public sealed class Secret
{
    internal const string Mask = "***";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string _value;

    /// <summary>Creates a secret.</summary>
    /// <param name="value">The value.</param>
    /// <param name="reference">Where it came from, such as <c>${NAME}</c> or <c>file:/path</c>; safe to print.</param>
    public Secret(string value, string reference)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _value = value;
        Reference = reference;
    }

    /// <summary>Where the value came from; safe to print.</summary>
    public string Reference { get; }

    /// <summary>The value itself, for the one call that needs it.</summary>
    public string Reveal() => _value;

    /// <inheritdoc/>
    public override string ToString() => Mask;
}
