using System.Globalization;
using System.Runtime.InteropServices;

namespace Seidra.Sandbox.World;

/// <summary>The world's own process: detached from the run that started it, alone on its folder, gone when nobody needs it.</summary>
internal static class WorldProcess
{
    /// <summary>The exit code that says: another world serves from this folder or is about to.</summary>
    public const int Occupied = 3;

    /// <summary>The command line that starts it.</summary>
    public static IReadOnlyList<string> Argv(WorldLayout layout, WorldOptions options, ProcessIdentity run) => SandboxProgram.Argv(
        SandboxProgram.World,
        "--directory", layout.Root,
        "--profile", options.Profile,
        "--rows", Text(options.Rows),
        "--objects", Text(options.Objects),
        "--seed", Text(options.Seed),
        "--linger", Text(options.LingerSeconds),
        "--leash-pid", Text(run.Pid),
        "--leash-ticks", run.StartTicks.ToString(CultureInfo.InvariantCulture));

    /// <summary>Serves until no run needs the world any more or it is asked to end.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(RoleArguments arguments)
    {
        // A session of its own: the terminal's Ctrl-C and hang-up are for the run, not for what it migrates.
        if (!OperatingSystem.IsWindows())
            _ = NewSession();
        var layout = new WorldLayout(arguments.Get("directory"));
        layout.Create();
        using var folder = Occupy(layout);
        if (folder is null)
            return Occupied;
        File.Delete(layout.WorldFile);
        using var end = new EndSignal();
        var linger = arguments.Number("linger");
        var leashes = new RunLeashes(TimeSpan.FromSeconds(linger));
        leashes.Add(new ProcessIdentity(arguments.Number("leash-pid"), long.Parse(arguments.Get("leash-ticks"), CultureInfo.InvariantCulture)));
        var making = WorldMaking.Settle(
            layout, new WorldMaking(arguments.Get("profile"), arguments.Number("rows"), arguments.Number("objects"), arguments.Number("seed")));
        try
        {
            await using var world = await ServingWorld.StartAsync(layout, making, leashes, linger, Log, end.Token);
            await leashes.WaitForEndAsync(end.Token);
            Log($"no run has needed this world for {linger} s: ending");
        }
        catch (OperationCanceledException) when (end.Token.IsCancellationRequested)
        {
            Log("ended on request");
        }

        return 0;
    }

    private static void Log(string line) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} {line}"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The folder's lock; it dies with the process. Null where another process holds it.</summary>
    private static FileStream? Occupy(WorldLayout layout)
    {
        try
        {
            return new FileStream(layout.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "setsid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NewSession();
}
