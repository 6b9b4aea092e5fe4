using System.Runtime.InteropServices;

namespace Seidra.Sandbox.World;

/// <summary>How this very program is started again as another process.</summary>
internal static class SandboxProgram
{
    public const string World = "world";
    public const string Classic = "classic";
    public const string Ultimate = "ultimate";

    /// <summary>The command line of one of the program's roles.</summary>
    public static IReadOnlyList<string> Argv(string role, params string[] arguments) =>
        [Dotnet, Path.Combine(AppContext.BaseDirectory, "Seidra.Sandbox.dll"), role, .. arguments];

    // The host that runs this code lies three levels above its framework: the one host that surely exists, whatever PATH
    // and DOTNET_ROOT say.
    private static string Dotnet { get; } = Path.GetFullPath(
        Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
