using System.Diagnostics;

namespace Seidra.Delivery.Tests;

internal static class Waiting
{
    /// <summary>Waits until the condition holds; fails the test after the deadline.</summary>
    public static async Task Until(Func<bool> condition, string what, int seconds = 10)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(seconds)) Assert.Fail($"waited {seconds} s in vain until {what}");
            await Task.Delay(20);
        }
    }

    /// <summary>True where a process of that number lives (an ended one that nobody has collected does not).</summary>
    public static bool Lives(int pid) => ProcessIdentity.StartTicks(pid) is not null;

    /// <summary>The number that a script wrote into a file.</summary>
    public static async Task<int> Pid(string file)
    {
        var pid = 0;
        await Until(() => File.Exists(file) && int.TryParse(File.ReadAllText(file), out pid), $"{file} holds a pid");
        return pid;
    }
}
