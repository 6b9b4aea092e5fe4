using System.Globalization;

namespace Seidra.Sandbox.World;

/// <summary>The <c>--name value</c> arguments of a role.</summary>
internal sealed class RoleArguments
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    /// <exception cref="SandboxException">The arguments are not pairs of a name and a value.</exception>
    public RoleArguments(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == arguments.Count)
                throw new SandboxException($"Expected pairs of --name and value, found `{arguments[i]}`.");
            values[arguments[i][2..]] = arguments[i + 1];
        }
    }

    /// <summary>The value of that name, or null.</summary>
    public string? Find(string name) => values.GetValueOrDefault(name);

    /// <summary>The value of that name.</summary>
    /// <exception cref="SandboxException">There is none.</exception>
    public string Get(string name) => Find(name) ?? throw new SandboxException($"Expected the argument --{name}, found none.");

    /// <summary>The number of that name.</summary>
    /// <exception cref="SandboxException">There is none.</exception>
    public int Number(string name) => int.TryParse(Get(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new SandboxException($"Expected a number for --{name}, found `{Get(name)}`.");
}
