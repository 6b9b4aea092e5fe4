namespace Seidra.Configuration;

/// <summary>One problem of the settings.</summary>
/// <param name="File">The settings file; null where the value came from elsewhere.</param>
/// <param name="Line">Line in that file, from 1.</param>
/// <param name="Key">The key, such as <c>classic.database.url</c>, or the name of the variable; empty for the whole file.</param>
/// <param name="Message">What was expected, what was found, what to write. Never a secret.</param>
/// <param name="Nearest">The nearest known key.</param>
public sealed record SettingsProblem(string? File, int? Line, string Key, string Message, string? Nearest)
{
    /// <summary>One line: where, key, message, nearest.</summary>
    public override string ToString()
    {
        var place = (File, Line) switch
        {
            (null, _) => "",
            (_, null) => File + ": ",
            _ => $"{File}:{Line}: ",
        };
        var key = Key.Length == 0 ? "" : Key + ": ";
        var hint = Nearest is null ? "" : $" (did you mean '{Nearest}'?)";
        return place + key + Message + hint;
    }
}
