namespace Seidra.Reporting;

/// <summary>The lines of the written guide.</summary>
public static class GuideCatalog
{
    /// <summary>All ids, in the guide's order.</summary>
    public static IReadOnlyList<string> Lines { get; } =
    [
        "1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3", "3.4",
        "4.1", "4.2", "4.3", "4.4", "4.5", "5.1", "5.2", "5.3", "5.4", "5.5", "5.6", "6.1",
    ];

    /// <summary>What a line asks for.</summary>
    public static string Title(string id, string language) => Text.Of($"Guide.{id}", language);
}
