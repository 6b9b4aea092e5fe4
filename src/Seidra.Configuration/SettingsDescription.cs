using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Seidra.Configuration;

/// <summary>The effective settings as text.</summary>
internal static class SettingsDescription
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(SeidraSettings settings) =>
        string.Concat(SettingsValues.Of(settings).Select(v => $"{v.Path} = {Text(v.Value)}  ({Source(settings, v.Path, v.Key)})\n"));

    private static string Source(SeidraSettings settings, string path, ModelKey key)
    {
        if (settings.Origins.TryGetValue(path, out var origin))
            return origin;
        return key.DefaultsTo is null ? "default" : "default: " + key.DefaultsTo;
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        Secret secret => $"{secret} {secret.Reference}",
        IReadOnlyList<string> list => JsonSerializer.Serialize(list, Relaxed),
        bool flag => flag ? "true" : "false",
        Enum choice => ModelNames.Kebab(choice.ToString()),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
