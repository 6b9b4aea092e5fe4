using System.Reflection;
using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>One call of the program, from the command line to the exit code.</summary>
internal sealed class HostRun(IReadOnlyList<Assembly> assemblies, IReadOnlyList<Action<IServiceCollection>> configurations)
{
    public int Execute(IReadOnlyList<string> args)
    {
        try
        {
            return ExecuteAsync(args).GetAwaiter().GetResult();
        }
        catch (Exception error)
        {
            // Nothing is up yet that could log: the program itself is put together wrongly.
            Console.Error.WriteLine($"Error: {error.Message}");
            return ExitCodes.Of([error], cancelled: false);
        }
    }

    private async Task<int> ExecuteAsync(IReadOnlyList<string> args)
    {
        var services = new ServiceCollection();
        HostServices.AddEngine(services);
        foreach (var configure in configurations)
            configure(services);
        var catalog = TaskCatalog.Of(assemblies);
        foreach (var task in catalog.Tasks)
            services.AddSingleton(task.Type);
        var vocabulary = HostVocabulary.Of(catalog, services);
        var line = new CommandLineParser(vocabulary).Parse(args);
        HostServices.AddCommandLine(services, line);

        await using var provider = services.BuildServiceProvider();
        var console = provider.GetRequiredService<IConsole>();
        if (line.Problems.Count > 0)
        {
            foreach (var problem in line.Problems)
                console.WriteErrorLine($"Error: {problem}");
            return ExitCodes.Usage;
        }

        if (Answers.TryGive(line, vocabulary, console, assemblies))
            return ExitCodes.Done;
        return await RunAsync(provider, catalog, line);
    }

    private static async Task<int> RunAsync(IServiceProvider provider, TaskCatalog catalog, CommandLine line)
    {
        var log = provider.GetRequiredService<ICakeLog>();
        var errors = provider.GetRequiredService<RunErrors>();
        var cancellation = provider.GetRequiredService<CancellationTokenSource>();
        var all = new List<Exception>();
        try
        {
            Prepare(provider, line, log);
            await new TargetRun(provider, catalog, line).RunAsync();
        }
        catch (Exception error)
        {
            var cause = error is CakeReportException { InnerException: { } inner } ? inner : error;
            all.Add(cause);
            ErrorLog.Write(log, cancellation.IsCancellationRequested && cause is OperationCanceledException ? "Cancelled" : null, cause);
        }

        foreach (var (where, error) in errors.All)
        {
            all.Add(error);
            ErrorLog.Write(log, where, error);
        }

        return all.Count == 0 ? ExitCodes.Done : ExitCodes.Of(all, cancellation.IsCancellationRequested);
    }

    private static void Prepare(IServiceProvider provider, CommandLine line, ICakeLog log)
    {
        var environment = provider.GetRequiredService<ICakeEnvironment>();
        if (line.ValueOf(CakeOptions.Working) is { } working)
            environment.WorkingDirectory = new Core.IO.DirectoryPath(working).MakeAbsolute(environment);
        else if (provider.GetService<WorkingDirectory>() is { } chosen)
            environment.WorkingDirectory = chosen.Path.MakeAbsolute(environment);
        log.Verbosity = provider.GetRequiredService<ICakeConfiguration>().GetVerbosity(line.Verbosity, Verbosity.Normal);
    }
}
