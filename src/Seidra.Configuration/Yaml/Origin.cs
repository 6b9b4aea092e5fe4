namespace Seidra.Configuration;

/// <summary>Where a value comes from.</summary>
/// <param name="File">The settings file, if it is from there.</param>
/// <param name="Line">Its line.</param>
/// <param name="Source">The variable or argument, if it is from there.</param>
internal sealed record Origin(string? File, int? Line, string? Source)
{
    /// <summary>Folder that relative paths start from.</summary>
    public string BaseDirectory => File is null ? Environment.CurrentDirectory : Path.GetDirectoryName(Path.GetFullPath(File))!;

    public override string ToString() => Source ?? (Line is null ? File! : $"{File}:{Line}");
}
