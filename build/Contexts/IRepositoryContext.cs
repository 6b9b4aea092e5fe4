using Cake.Frosting;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Delivery;

namespace Seidra.Cutover.Contexts;

/// <summary>What a developer's targets see: the repository itself.</summary>
public interface IRepositoryContext : IFrostingContext
{
    /// <summary>The root of the checkout.</summary>
    string Repository { get; }

    /// <summary>Runs programs.</summary>
    ProcessRunner Processes { get; }

    /// <summary>Fires when the run is to end.</summary>
    CancellationToken Cancellation { get; }

    /// <summary>An argument of the command line; <c>null</c> where it was not given.</summary>
    string? Argument(string name);

    /// <summary>Runs the SDK in the checkout.</summary>
    /// <exception cref="StepException">It failed (exit 1).</exception>
    async Task DotnetAsync(params string[] arguments)
    {
        if (await TryDotnetAsync(null, arguments) is { } failure)
        {
            throw new StepException(ExitCodes.StepFailed, failure);
        }
    }

    /// <summary>Runs the SDK in the checkout; returns what failed, or <c>null</c>.</summary>
    /// <param name="prefix">Put before each line that it prints; <c>null</c> for nothing.</param>
    /// <param name="arguments">The SDK's arguments.</param>
    async Task<string?> TryDotnetAsync(string? prefix, IReadOnlyList<string> arguments)
    {
        var result = await Processes.RunAsync(
            new ProcessSpec
            {
                FileName = "dotnet",
                Arguments = arguments,
                WorkingDirectory = Repository,
                Prefix = prefix,
                Inherit = [.. Environment.GetEnvironmentVariables().Keys.Cast<string>()],
            },
            Console.Out.WriteLine,
            Cancellation);
        return result.ExitCode == 0 ? null : $"dotnet {arguments[0]} ended with exit code {result.ExitCode}";
    }
}
