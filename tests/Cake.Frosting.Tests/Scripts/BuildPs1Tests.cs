using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace Cake.Frosting.Tests.Scripts;

/// <summary>The PowerShell start script, run by PowerShell's own engine (without the modules of its shell).</summary>
public sealed class BuildPs1Tests
{
    [Test]
    public void Builds_once_runs_warm_and_rebuilds_on_a_change()
    {
        using var checkout = new MiniCheckout();
        Assert.That(Run(checkout, "a", "b c", "--d=e"), Does.StartWith("first a|b c|--d=e in ").And.EndsWith(" exit 7"));
        var program = checkout.Programs.Single();
        Assert.That(Run(checkout, "x"), Does.StartWith("first x in "));
        Assert.That(checkout.Programs, Is.EqualTo(new[] { program }));

        checkout.Say("second");
        Assert.That(Run(checkout, "x"), Does.StartWith("second x in "));
        Assert.That(checkout.Programs, Has.Count.EqualTo(2));

        File.AppendAllText(checkout.InRoot("build/Program.cs"), "\nnonsense;\n");
        Assert.That(Run(checkout, "x"), Is.EqualTo(" exit 1"));
        Assert.That(File.ReadAllText(Path.Combine(checkout.Cache, "build.log")), Does.Contain("error CS"));
    }

    private static string Run(MiniCheckout checkout, params string[] args)
    {
        using var runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        var words = args.Select(arg => $"'{arg}'").Prepend($"& '{checkout.InRoot("build.ps1")}'");
        shell.AddScript($"{string.Join(' ', words)}; \" exit $LASTEXITCODE\"");
        return string.Concat(shell.Invoke());
    }
}
