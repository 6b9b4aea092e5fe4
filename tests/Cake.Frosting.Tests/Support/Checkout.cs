namespace Cake.Frosting.Tests.Support;

/// <summary>The checkout that the tests were built in.</summary>
public static class Checkout
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Seidra.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Expected the tests inside a checkout (a folder with Seidra.slnx)");
        return folder;
    }
}
