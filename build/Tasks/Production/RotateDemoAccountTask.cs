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
        var previous = context.Secrets.Get(SecretName);
        var next = SecretGenerator.Create();

        // The store first: a backend that restarts in between rewrites the account from the store (D6), so it must hold the new one.
        context.Secrets.Set(SecretName, next);
        await DemoAccount.SetPasswordAsync(context.UltimateDatabase, user, next, context.Cancellation);
        var accepted = await context.Login.TryAsync(context.Production.Url, user, next, context.Cancellation);
        var refused = previous is null ? LoginOutcome.Refused : await context.Login.TryAsync(context.Production.Url, user, previous, context.Cancellation);
        Mismatch.Refuse("The demo account", [
            .. accepted is LoginOutcome.Accepted ? Array.Empty<string>() : [$"expected the new password to be accepted, found: {accepted}"],
            .. refused is LoginOutcome.Refused ? Array.Empty<string>() : [$"expected the old password to be refused, found: {refused}"]]);
        return Outcome.Verified(2, new { newAccepted = true, oldRefused = true });
    }

    /// <inheritdoc/>
    protected override async Task<bool> StillHoldsAsync(IProductionContext context, StepState done) =>
        context.Secrets.Get(SecretName) is { } current
        && await DemoAccount.HashMatchesAsync(context.UltimateDatabase, context.Settings.Demo.Username, current, context.Cancellation);
}
