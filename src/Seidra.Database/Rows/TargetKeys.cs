namespace Seidra.Database;

/// <summary>The key that a row of Classic has in Ultimate, for all tables of a plan.</summary>
internal sealed class TargetKeys(MigrationPlan plan, IRowKnowledge knowledge)
{
    private const int LongestText = 100;
    private readonly Dictionary<string, TableRule> _rules = plan.Tables.ToDictionary(table => table.Target, table => table.Rule, StringComparer.Ordinal);

    /// <summary>Whether the plan has the table.</summary>
    public bool Has(string table) => _rules.ContainsKey(table);

    /// <summary>The key as the column holds it, long or string; null and a reason where the row cannot have one.</summary>
    public object? Find(string table, KeyId key, out string reason)
    {
        reason = "";
        switch (_rules[table].Key.As)
        {
            case KeyKind.Integer when !key.IsNumber:
                reason = Reasons.KeyNotInteger;
                return null;
            case KeyKind.Integer:
                return Number(table, key);
            case KeyKind.Uuid when IsUuid(key):
                return key.Text;
            case KeyKind.Uuid:
                return knowledge.Born(table, key) ?? StableUuid.Of(table, key);
            case var _ when key.ToString() is { Length: > LongestText } or "":
                reason = Reasons.KeyTooLong;
                return null;
            default:
                return key.ToString();
        }
    }

    /// <summary>The number of a row; the demo account has its own.</summary>
    public long Number(string table, KeyId key) =>
        table == Users && knowledge.IsDemo(key) ? DemoAccount.Id : knowledge.Number(table, key.Number, out _);

    /// <summary>Whether the key is a UUID already, which is kept.</summary>
    public static bool IsUuid(KeyId key) => key.Text is { Length: 36 } text && Guid.TryParseExact(text, "D", out _);

    /// <summary>Ultimate's table of the demo account.</summary>
    public const string Users = "users";
}
