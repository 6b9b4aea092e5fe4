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
        var key = $"Evidence.{step}";
        var variant = $"{key}.{evidence.Variant}";
        return Text.Fill(evidence.Variant is not null && Text.Find(variant, language) is not null ? variant : key, evidence.Figures, language);
    }

    /// <summary>Why a step waits, as a sentence.</summary>
    public static string Reason(string reason, string language) => Text.Of($"Pending.{reason}", language);

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
    public static string Status(StepState step, string language)
    {
        var detail = step switch
        {
            { Status: StepStatus.Pending, Reason: { } reason } => Reason(reason, language),
            { Status: StepStatus.Failed, Error: { } error } => error,
            { Evidence: { } evidence } => Evidence(step.Name, evidence, language),
            _ => "",
        };
        return $"{Text.Of($"Status.{step.Status}", language),-14} {step.Name,-22} {detail}".TrimEnd();
    }

    /// <summary>Who holds the lock.</summary>
    public static string LockedBy(LockOwner owner, string language) => Text.Fill(
        "Step.LockedBy",
        new JsonObject
        {
            ["user"] = owner.User,
            ["host"] = owner.Host,
            ["pid"] = owner.Pid.ToString(CultureInfo.InvariantCulture),
            ["since"] = owner.Since.ToString("u", CultureInfo.InvariantCulture),
            ["what"] = owner.What,
        },
        language);

    /// <summary>The command that goes on from here.</summary>
    public static string Next(string command, string language) => Text.Fill("Step.Next", new JsonObject { ["command"] = command }, language);

    /// <summary>There is no journal in the state folder.</summary>
    public static string NoJournal(string language) => Text.Of("Step.NoJournal", language);
}
