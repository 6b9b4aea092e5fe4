namespace Seidra.Cutover.Contexts;

/// <summary>Finds the folder of Alembic revisions in a checkout of Ultimate.</summary>
public static class AlembicFolder
{
    private static readonly string[] Places = ["backend/alembic/versions", "backend/migrations/versions", "alembic/versions", "migrations/versions"];

    /// <summary>The folder; <c>null</c> where the checkout has none of the usual places.</summary>
    public static string? Find(string clone) =>
        Places.Select(place => Path.Combine(clone, place)).FirstOrDefault(Directory.Exists);
}
