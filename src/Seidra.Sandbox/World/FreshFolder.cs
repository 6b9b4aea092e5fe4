namespace Seidra.Sandbox.World;

/// <summary>Folders that are whole or not there: made beside their place and moved into it.</summary>
internal static class FreshFolder
{
    /// <summary>Makes the folder unless it is there. What a cut attempt left is thrown away.</summary>
    /// <param name="path">Where the folder is to be.</param>
    /// <param name="fill">Fills the folder whose path it is given.</param>
    public static async Task EnsureAsync(string path, Func<string, Task> fill)
    {
        if (Directory.Exists(path))
            return;
        var fresh = path + ".new";
        if (Directory.Exists(fresh))
            Directory.Delete(fresh, recursive: true);
        Directory.CreateDirectory(fresh);
        await fill(fresh);
        Directory.Move(fresh, path);
    }
}
