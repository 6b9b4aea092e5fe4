using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Steps;
using Seidra.Database;
using Seidra.Delivery;
using Seidra.Journal;

namespace Seidra.Cutover.Tasks.Production;

/// <summary>Guide lines 4.5 and 5.6.</summary>
[TaskName("RotateDemoAccount")]
[TaskDescription("Give the demo account a new password, in the secret store and in the database, and prove it by login")]
[IsDependentOn(typeof(SwitchTrafficTask))]
[GuideLine("4.5", "5.6")]
public sealed class RotateDemoAccountTask : StepTask<IProductionContext>
{
    private const string SecretName = "SEIDRA_DEFAULT_USER_PASSWORD";

    /// <inheritdoc/>
    protected override object Inputs(IProductionContext context) => new { context.Settings.Demo.Username, context.Production.EnvFile };

    /// <inheritdoc/>
    protected override UndoRecord Undo(IProductionContext context) =>
        Undos.Keep("The demo account keeps its new password: it lives in Ultimate only.");

    /// <inheritdoc/>
    protected override async Task<Outcome> ActAsync(IProductionContext context)
    {
        var user = context.Settings.Demo.Username;
        var previous = await context.Secrets.GetAsync(SecretName, context.Cancellation);
        var next = SecretGenerator.Generate();

        // The store first: a backend that restarts in between rewrites the account from the store (D6), so it must hold the new one.
        await context.Secrets.SetAsync(new Dictionary<string, string> { [SecretName] = next }, context.Cancellation);
        await DemoAccount.SetPasswordAsync(context.UltimateDatabase, user, next, context.Cancellation);
        var accepted = await LoginAsync(context, user, next);
        var refused = previous is null ? LoginOutcome.Refused : await LoginAsync(context, user, previous);
        Mismatch.Refuse("The demo account", [
            .. accepted is LoginOutcome.Accepted ? Array.Empty<string>() : [$"expected the new password to be accepted, found: {accepted}"],
            .. refused is LoginOutcome.Refused ? Array.Empty<string>() : [$"expected the old password to be refused, found: {refused}"]]);
        return Outcome.Verified(2, new { newAccepted = true, oldRefused = true });
    }

    /// <inheritdoc/>
    protected override async Task<bool> StillHoldsAsync(IProductionContext context, StepState done) =>
        await context.Secrets.GetAsync(SecretName, context.Cancellation) is { } current
        && await DemoAccount.HashMatchesAsync(context.UltimateDatabase, context.Settings.Demo.Username, current, context.Cancellation);

    private static async Task<LoginOutcome> LoginAsync(IProductionContext context, string user, string password) =>
        (await LoginProbe.TryAsync(context.Production.Url.ToString(), user, password, context.Cancellation)).Outcome;
}
