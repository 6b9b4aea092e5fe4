using System.Text;

namespace Seidra.Configuration;

/// <summary>How names of the code are written in settings.</summary>
internal static class ModelNames
{
    /// <summary><c>AccessKey</c> as <c>accessKey</c>.</summary>
    public static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    /// <summary><c>EnvFile</c> as <c>env-file</c>.</summary>
    public static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('-');
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }

    /// <summary>The values of an enumeration as they are written.</summary>
    public static IReadOnlyDictionary<string, object> Choices(Type type) =>
        Enum.GetValues(type).Cast<object>().ToDictionary(v => Kebab(v.ToString()!), v => v);
}
