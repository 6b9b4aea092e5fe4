using System.Reflection;

namespace Seidra.Database.Tests;

/// <summary>
/// This assembly as a program: a test that kills a process in the middle of its work needs a process to kill.
/// Arguments: the full name of a class here, then what its <c>static Task RunAsync(string[])</c> is given.
/// </summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var role = typeof(Program).Assembly.GetType(args[0], throwOnError: true)!;
        var run = role.GetMethod("RunAsync", BindingFlags.Public | BindingFlags.Static)!;
        await (Task)run.Invoke(null, [args[1..]])!;
        return 0;
    }
}
