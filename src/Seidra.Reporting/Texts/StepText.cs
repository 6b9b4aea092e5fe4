using System.Globalization;
using System.Text.Json.Nodes;
using Seidra.Journal;

namespace Seidra.Reporting;

/// <summary>One line about a step, in a language.</summary>
public static class StepText
{
    /// <summary>What a step verified, as a sentence.</summary>
    public static string Evidence(string step, Evidence evidence, string language)
    {
        string[] keys = [$"Evidence.{step}.{evidence.Variant}", $"Evidence.{step}"];
        return keys.FirstOrDefault(key => Text.Find(key, language) is not null) is { } known
            ? Text.Fill(known, evidence.Figures, language)
            : Text.Fill("Evidence.Other", new JsonObject { ["checked"] = evidence.Checked }, language);
    }

    /// <summary>Why a step waits, as a sentence; the reason itself where this version has no words for it.</summary>
    public static string Reason(string reason, string language) => Text.Find($"Pending.{reason}", language) ?? reason;

    /// <summary>What the step verified, waits for, or failed on.</summary>
    public static string Detail(StepState step, string language) => step switch
    {
        { Status: StepStatus.Failed, Error: { } error } => error,
        { Status: StepStatus.Pending, Reason: { } reason } => Reason(reason, language),
        { Status: StepStatus.Undone, Reason: { } how } => Text.Fill("Step.Undone", new JsonObject { ["how"] = how }, language),
        { Status: StepStatus.Running, StartedAt: { } startedAt } =>
            Text.Fill("Step.Running", new JsonObject { ["startedAt"] = startedAt.ToString("O", CultureInfo.InvariantCulture) }, language),
        { Status: StepStatus.Inconclusive, Evidence: { } evidence } =>
            Text.Fill("Step.Inconclusive", new JsonObject { ["evidence"] = Evidence(step.Name, evidence, language) }, language),
        { Evidence: { } evidence } => Evidence(step.Name, evidence, language),
        _ => Reason("notRun", language),
    };

    /// <summary>The step passed.</summary>
    public static string Passed(string step, Evidence evidence, TimeSpan duration, string language) => Text.Fill(
        "Step.Passed",
        new JsonObject { ["step"] = step, ["evidence"] = Evidence(step, evidence, language), ["durationMs"] = duration.TotalMilliseconds },
        language);

    /// <summary>The step waits for configuration or for people.</summary>
    public static string Pending(string step, string reason, string language) =>
        Text.Fill("Step.Pending", new JsonObject { ["step"] = step, ["reason"] = Reason(reason, language) }, language);

    /// <summary>The step was done before and still holds.</summary>
    public static string Reused(string step, string language) => Text.Fill("Step.Reused", new JsonObject { ["step"] = step }, language);

    /// <summary>Where a step stands, with what it verified, waits for, or failed on.</summary>
    public static string Status(StepState step, string language) =>
        $"{Text.Of($"Status.{step.Status}", language),-14} {step.Name,-22} {PlainText.OneLine(Detail(step, language))}";

    /// <summary>Who holds the lock.</summary>
    public static string LockedBy(LockOwner owner, string language) => Text.Fill(
        "Step.LockedBy",
        new JsonObject
        {
            ["user"] = owner.User,
            ["host"] = owner.Host,
            ["pid"] = owner.Pid.ToString(CultureInfo.InvariantCulture),
            ["since"] = Figure.Instant(owner.Since),
            ["what"] = owner.What,
        },
        language);

    /// <summary>The command that goes on from here.</summary>
    public static string Next(string command, string language) => Text.Fill("Step.Next", new JsonObject { ["command"] = command }, language);

    /// <summary>The run rehearses on a Classic of its own.</summary>
    public static string Rehearsal(string profile, string language) => Text.Fill("Step.Rehearsal", new JsonObject { ["profile"] = profile }, language);

    /// <summary>There is no journal in the state folder.</summary>
    public static string NoJournal(string language) => Text.Of("Step.NoJournal", language);
}
