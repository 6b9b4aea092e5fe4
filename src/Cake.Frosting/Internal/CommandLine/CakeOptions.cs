using Cake.Core.Diagnostics;

namespace Cake.Frosting.Internal;

/// <summary>The options that every Cake program has.</summary>
internal static class CakeOptions
{
    public static readonly OptionSpec Help = new("help", "Prints help information") { Short = "h" };
    public static readonly OptionSpec Target = new("target", "Target task to invoke") { Short = "t", ValueName = "TARGET", Default = "Default" };
    public static readonly OptionSpec Working = new("working", "Sets the working directory") { Short = "w", ValueName = "PATH" };

    public static readonly OptionSpec Verbosity = new(
        "verbosity",
        $"Specifies the amount of information to be displayed. ({string.Join(", ", Enum.GetNames<Verbosity>())})")
    { Short = "v", ValueName = "VERBOSITY" };

    public static readonly OptionSpec Description = new("description", "Shows description for each task");
    public static readonly OptionSpec Tree = new("tree", "Shows the task dependency tree");
    public static readonly OptionSpec DryRun = new("dryrun", "Performs a dry run");
    public static readonly OptionSpec Exclusive = new("exclusive", "Executes the target task without any dependencies") { Short = "e" };
    public static readonly OptionSpec Version = new("version", "Displays version information");
    public static readonly OptionSpec NoReport = new("no-report", "Prevent the display of the summary report at the end of Cake Execution");
    public static readonly OptionSpec Info = new("info", "Displays additional information about Cake");

    public static readonly OptionSpec Complete = new("complete", "Prints a completion script for the shell (bash, zsh, pwsh)")
    { ValueName = "SHELL", Values = ["bash", "zsh", "pwsh"] };

    /// <summary>Gets all of them, in the order of <c>--help</c>.</summary>
    public static IReadOnlyList<OptionSpec> All { get; } =
        [Help, Target, Working, Verbosity, Description, Tree, DryRun, Exclusive, Version, NoReport, Info, Complete];

    /// <summary>Gets the keys of <c>cake.config</c> that Cake also takes from the command line.</summary>
    /// <remarks>Source: https://cakebuild.net/docs/running-builds/configuration/default-configuration-values.</remarks>
    public static IReadOnlyList<OptionSpec> Configuration { get; } =
    [
        .. new[]
        {
            "nuget_source", "nuget_configfile", "nuget_useinprocessclient", "nuget_loaddependencies", "paths_tools", "paths_addins",
            "paths_modules", "settings_skipverification", "settings_skippackageversioncheck", "settings_showprocesscommandline",
            "settings_nomonocoersion", "settings_usespectreconsoleforconsoleoutput", "settings_enablescriptcache",
        }.Select(key => new OptionSpec(key, "Overrides this key of cake.config") { ValueName = "VALUE" }),
    ];
}
