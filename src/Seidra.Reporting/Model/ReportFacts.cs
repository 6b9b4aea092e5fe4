namespace Seidra.Reporting;

/// <summary>What the report must say and the journal does not know.</summary>
/// <param name="Version">The program's version.</param>
/// <param name="Profile"><c>settings</c>, or the profile of a rehearsal.</param>
/// <param name="StandInQuality">Whether the QA figures come from a stand-in.</param>
public sealed record ReportFacts(string Version, string Profile, bool StandInQuality);
