using System.Diagnostics;

namespace Seidra.Sandbox.World;

/// <summary>The environment of processes that outlive the one which starts them: nothing of its secrets, hooks or profilers.</summary>
internal static class CleanEnvironment
{
    private static readonly string[] Kept = ["PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "TZ", "USER", "LOGNAME", "DOTNET_ROOT"];

    /// <summary>Removes everything but the base.</summary>
    public static void Apply(ProcessStartInfo start)
    {
        foreach (var name in start.Environment.Keys.Except(Kept, StringComparer.Ordinal).ToList())
            start.Environment.Remove(name);
    }
}
