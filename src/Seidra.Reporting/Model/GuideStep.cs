namespace Seidra.Reporting;

/// <summary>Which step fulfils which line of the guide.</summary>
/// <param name="GuideId">The line, e.g. <c>2.4</c>.</param>
/// <param name="Step">The step's name.</param>
public sealed record GuideStep(string GuideId, string Step);
