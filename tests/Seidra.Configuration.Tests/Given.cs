using System.Text;

namespace Seidra.Configuration.Tests;

/// <summary>Settings for tests: a small valid file, the environment its secrets refer to, and what to change.</summary>
internal static class Given
{
    /// <summary>A value that must appear in no text that the library makes.</summary>
    public const string SecretValue = "s3cr3t-Zy9-hunter2";

    /// <summary>The least that is valid; line numbers of tests refer to it.</summary>
    public const string Minimal = """
        instance: my-studio
        classic:
          url: http://classic:8000
          database:
            url: postgresql://seidra@classic-db:5432/seidra
            password: ${DB_PASSWORD}
          media:
            url: file:///srv/classic/media
        ultimate:
          url: http://ultimate:8000
          repository:
            url: https://git.example/ultimate.git
            commit: 0123456789abcdef0123456789abcdef01234567
          database:
            url: postgresql://seidra@ultimate-db:5432/seidra
          media:
            directory: /srv/ultimate/media

        """;

    public static readonly IReadOnlyDictionary<string, string> Environment = new Dictionary<string, string>
    {
        ["DB_PASSWORD"] = SecretValue,
        ["PATH"] = "/usr/bin",
        ["SEIDRA_DEFAULT_USER_PASSWORD"] = "one underscore: not an override",
    };

    /// <summary>Loads YAML text as a file.</summary>
    public static SeidraSettings Load(string yaml, (string Key, string Value)[]? sets = null, (string Name, string Value)[]? environment = null) =>
        LoadBytes(Encoding.UTF8.GetBytes(yaml), sets, environment);

    public static SeidraSettings LoadBytes(byte[] yaml, (string Key, string Value)[]? sets = null, (string Name, string Value)[]? environment = null)
    {
        var folder = Directory.CreateTempSubdirectory("seidra-settings-");
        try
        {
            var file = Path.Combine(folder.FullName, "seidra.yaml");
            File.WriteAllBytes(file, yaml);
            return SettingsLoader.Load(Sources(file, sets, environment));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static SettingsSources Sources(string? file, (string Key, string Value)[]? sets = null, (string Name, string Value)[]? environment = null)
    {
        var all = new Dictionary<string, string>(Environment);
        foreach (var (name, value) in environment ?? [])
            all[name] = value;
        return new SettingsSources(file, [.. (sets ?? []).Select(s => KeyValuePair.Create(s.Key, s.Value))], all);
    }

    /// <summary>The problems of YAML text that must have some.</summary>
    public static IReadOnlyList<SettingsProblem> Problems(string yaml, (string Key, string Value)[]? sets = null, (string Name, string Value)[]? environment = null) =>
        Assert.Throws<SettingsException>(() => Load(yaml, sets, environment))!.Problems;

    /// <summary>The one problem of YAML text that must have exactly one.</summary>
    public static SettingsProblem Problem(string yaml, (string Key, string Value)[]? sets = null, (string Name, string Value)[]? environment = null)
    {
        var problems = Problems(yaml, sets, environment);
        Assert.That(problems, Has.Count.EqualTo(1), string.Join('\n', problems));
        return problems[0];
    }

    /// <summary>The minimal file with one line replaced by others.</summary>
    public static string With(string line, string replacement)
    {
        var result = Minimal.Replace(line + "\n", replacement.Length == 0 ? "" : replacement + "\n");
        Assert.That(result, Is.Not.EqualTo(Minimal), "the minimal file holds the line to replace");
        return result;
    }

    /// <summary>The minimal file with more at its end.</summary>
    public static string And(string more) => Minimal + more + "\n";
}
