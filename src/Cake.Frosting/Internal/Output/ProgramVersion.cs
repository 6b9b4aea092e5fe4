using System.Reflection;
using Cake.Cli;

namespace Cake.Frosting.Internal;

/// <summary>The version of the program, not of the engine.</summary>
internal sealed class ProgramVersion(Assembly program) : IVersionResolver
{
    /// <summary>The version that people name, without the commit that the SDK adds after a plus sign.</summary>
    public string GetVersion() => GetProductVersion().Split('+')[0];

    public string GetProductVersion() =>
        program.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? program.GetName().Version?.ToString()
        ?? "Unknown";
}
