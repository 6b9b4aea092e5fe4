using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Delivery;

namespace Seidra.Cutover.Contexts;

/// <summary>One running Ultimate: how it is started, where it answers, and which secrets it reads.</summary>
/// <param name="Name"><c>staging</c> or <c>production</c>.</param>
/// <param name="Runtime">Starts and stops it.</param>
/// <param name="Url">Where it answers.</param>
/// <param name="EnvFile">The file of its environment, 0600.</param>
/// <param name="StartTimeout">How long it may take to answer.</param>
/// <param name="Successes">How many good answers in a row make it healthy.</param>
public sealed record Stack(string Name, IRuntime Runtime, Uri Url, string EnvFile, TimeSpan StartTimeout, int Successes)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    /// <summary>Starts it (again) with the environment as it is now, and waits until it is healthy.</summary>
    /// <exception cref="StepException">It did not become healthy in time.</exception>
    public async Task<HealthResult> UpAsync(Action<string> log, CancellationToken cancellation)
    {
        await Runtime.StopAsync(cancellation);
        await Runtime.StartAsync(cancellation);
        var result = await HealthProbe.WaitAsync(
            new Uri(Url, "/api/health").ToString(), Successes, StartTimeout, Interval, log: log, cancellation: cancellation);
        return result.Healthy ? result : throw new StepException(
            ExitCodes.StepFailed, $"Expected {Name} at {Url} to be healthy within {StartTimeout.TotalSeconds:0} s, found: {result.LastFailure}. Look at its log.");
    }
}
