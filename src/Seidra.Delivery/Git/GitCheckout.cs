namespace Seidra.Delivery;

/// <summary>A clone at its pinned commit.</summary>
/// <param name="Commit">The commit of HEAD, 40 hexadecimal digits.</param>
/// <param name="Files">Tracked files.</param>
/// <param name="WasThere">True where the clone was already in place and nothing was fetched.</param>
public sealed record GitCheckout(string Commit, long Files, bool WasThere);
