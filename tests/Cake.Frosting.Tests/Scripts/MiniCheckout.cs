using System.Diagnostics;
using Cake.Frosting.Tests.Support;

namespace Cake.Frosting.Tests.Scripts;

/// <summary>A checkout with the start scripts of this one and a program of a few lines, in a folder with a space.</summary>
public sealed class MiniCheckout : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public MiniCheckout()
    {
        foreach (var name in new[] { "build.sh", "build.ps1", "global.json", ".editorconfig" })
            File.Copy(Path.Combine(Checkout.Root, name), InRoot(name));
        Directory.CreateDirectory(InRoot("src"));
        Directory.CreateDirectory(InRoot("build"));
        File.WriteAllText(InRoot("Directory.Build.props"), "<Project />");
        File.WriteAllText(
            InRoot("build/Build.csproj"),
            "<Project Sdk='Microsoft.NET.Sdk'><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        Say("first");
    }

    public string Cache => InRoot(".cache/build");

    /// <summary>Gets the compiled programs that are kept, the newest start first.</summary>
    public IReadOnlyList<string> Programs =>
        [.. Directory.GetFiles(Cache, ".used", SearchOption.AllDirectories).OrderByDescending(File.GetLastWriteTimeUtc).Select(file => Path.GetDirectoryName(file)!)];

    public string InRoot(string path) => Path.Combine(_folder.Path, path);

    /// <summary>Makes the program print a word and its arguments, wait where the first one is "wait", and exit with 7.</summary>
    public void Say(string word) =>
        File.WriteAllText(InRoot("build/Program.cs"), $$"""
            using System;
            using System.Threading;
            Console.WriteLine("{{word}} " + string.Join('|', args) + " in " + Environment.CurrentDirectory);
            if (args.Length > 0 && args[0] == "wait")
                Thread.Sleep(-1);
            return 7;
            """);

    public Process Start(IEnumerable<string> args, IReadOnlyDictionary<string, string>? environment = null, string? directory = null)
    {
        var start = new ProcessStartInfo(InRoot("build.sh"), args)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory ?? _folder.Path,
        };
        start.Environment.Remove("DOTNET_ROOT");
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public Outcome Run(params string[] args) => Outcome(Start(args));

    public static Outcome Outcome(Process process)
    {
        using (process)
        {
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new Outcome(process.ExitCode, output, error.Result);
        }
    }

    public void Dispose() => _folder.Dispose();
}
