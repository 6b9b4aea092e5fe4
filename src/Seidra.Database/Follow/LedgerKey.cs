namespace Seidra.Database;

/// <summary>Classic's keys in words.</summary>
internal static class LedgerKey
{
    /// <summary>As the ledger has it.</summary>
    public static string Of(KeyId key) => LedgerText.Key(key.ToString());

    /// <summary>As the encoder tells it: the ledger cannot hold a NUL.</summary>
    public static string Plain(KeyId key) => LedgerText.Plain(key.ToString());
}
