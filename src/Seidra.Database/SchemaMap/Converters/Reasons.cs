namespace Seidra.Database;

/// <summary>The reasons that stand in the quarantine and the notes. Stable: reports and scripts count by them.</summary>
internal static class Reasons
{
    public const string NulByte = "nul-byte";
    public const string InvalidUtf8 = "invalid-utf8";
    public const string TooLong = "too-long";
    public const string MissingValue = "missing-value";
    public const string NotBoolean = "not-a-boolean";
    public const string NotNumber = "not-a-number";
    public const string NotTimestamp = "not-a-timestamp";
    public const string UnknownStatus = "unknown-status";
    public const string StatusSettled = "status-settled";
    public const string InvalidJson = "invalid-json";
    public const string JsonShape = "json-shape";
    public const string PathUnmapped = "media-path-unmapped";
    public const string MissingKey = "missing-key";
    public const string DuplicateKey = "duplicate-key";
    public const string KeyNotInteger = "key-not-integer";
    public const string KeyTooLong = "key-too-long";
    public const string KeyMoved = "key-moved";
    public const string OrphanReference = "orphan-reference";
    public const string ParentQuarantined = "parent-quarantined";
    public const string NameTaken = "name-taken";
    public const string DemoAccount = "demo-account";
    public const string ExtraReplaced = "extra-replaced";
}
