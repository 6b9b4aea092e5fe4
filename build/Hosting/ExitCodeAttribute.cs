namespace Seidra.Cutover.Hosting;

/// <summary>Documents one exit code of the program; the host prints them in <c>--help</c>.</summary>
/// <param name="code">The process exit code.</param>
/// <param name="meaning">What it tells a script.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ExitCodeAttribute(int code, string meaning) : Attribute
{
    /// <summary>The process exit code.</summary>
    public int Code { get; } = code;

    /// <summary>What it tells a script.</summary>
    public string Meaning { get; } = meaning;
}
