namespace Seidra.Delivery;

/// <summary>How a login ended.</summary>
public enum LoginOutcome
{
    /// <summary>A token came back.</summary>
    Accepted,

    /// <summary>The service said no: wrong password or disabled account.</summary>
    Refused,

    /// <summary>Neither: the service did not answer as a login does.</summary>
    Error,
}

/// <summary>How a login ended, and why.</summary>
/// <param name="Outcome">Accepted, refused, or neither.</param>
/// <param name="Detail">The status or the reason; never a password or a token.</param>
public sealed record LoginResult(LoginOutcome Outcome, string Detail);
