namespace Seidra.Database;

/// <summary>One row of Ultimate's <c>media_items</c>, as far as files are concerned.</summary>
/// <param name="Id">The row's UUID.</param>
/// <param name="FilePath">The path that Ultimate opens.</param>
/// <param name="ThumbnailPath">The path of its thumbnail; <c>null</c> where it has none.</param>
public sealed record MediaRow(string Id, string FilePath, string? ThumbnailPath);
