using Seidra.Sandbox.Data;

namespace Seidra.EndToEnd.Tests;

/// <summary>What an operator has before the first command: a Classic, and a seidra.yaml that says where everything is.</summary>
public sealed class OperatorSettings(string folder)
{
    /// <summary>Classic's database file.</summary>
    public string Classic { get; } = Path.Combine(folder, "classic.db");

    /// <summary>Classic's media folder.</summary>
    public string Media { get; } = Path.Combine(folder, "media");

    /// <summary>Ultimate's database file, not there yet.</summary>
    public string Ultimate { get; } = Path.Combine(folder, "ultimate.db");

    /// <summary>Lines of Classic's database: another URL, a password.</summary>
    public string? ClassicDatabase { get; set; }

    /// <summary>Sections beside those that are always there.</summary>
    public List<string> More { get; } = [];

    /// <summary>Makes a good Classic: rows, and <paramref name="objects"/> media objects.</summary>
    public void MakeClassic(int objects = 20)
    {
        ClassicData.CreateSqlite(Classic, rows: 500, objects: 20);
        Directory.CreateDirectory(Media);
        if (objects > 0)
        {
            ClassicData.CreateMedia(Media, objects);
        }
    }

    /// <summary>Writes seidra.yaml where the program looks for it.</summary>
    public void Write() => File.WriteAllLines(Path.Combine(folder, "seidra.yaml"), [
        "instance: bad-input",
        "classic:",
        "  url: http://127.0.0.1:9",
        $"  database: {{ {ClassicDatabase ?? $"url: 'sqlite://{Classic}'"} }}",
        $"  media: {{ url: 'file://{Media}' }}",
        "ultimate:",
        "  url: http://127.0.0.1:9",
        $"  repository: {{ url: 'file://{folder}', commit: '{new string('a', 40)}' }}",
        $"  database: {{ url: 'sqlite://{Ultimate}' }}",
        $"  media: {{ directory: '{Path.Combine(folder, "ultimate-media")}' }}",
        .. More]);
}
