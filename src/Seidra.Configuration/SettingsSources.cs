namespace Seidra.Configuration;

/// <summary>What settings are made of. Precedence: <c>--set</c>, then environment, then file, then defaults.</summary>
/// <param name="File">Path of the settings file; null where there is none and the other sources must suffice.</param>
/// <param name="Sets">Pairs of <c>--set key=value</c> in the order given; the last one counts.</param>
/// <param name="Environment">Environment variables: overrides (<c>SEIDRA__CLASSIC__URL</c>) and what <c>${NAME}</c> refers to.</param>
public sealed record SettingsSources(
    string? File,
    IReadOnlyList<KeyValuePair<string, string>> Sets,
    IReadOnlyDictionary<string, string> Environment);
