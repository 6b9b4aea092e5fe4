using System.Diagnostics;
using System.Text.Json;
using Cake.Frosting.Tests.Support;

namespace Cake.Frosting.Tests;

/// <summary>One property swaps our hosting API for the official package.</summary>
public sealed class PackageSwitchTests
{
    [Test]
    public void By_default_our_project_and_the_engine_are_referenced()
    {
        var items = Items();
        Assert.That(items["ProjectReference"], Has.Some.EndsWith("Cake.Frosting.csproj"));
        Assert.That(items["PackageReference"], Has.None.EqualTo("Cake.Frosting"));
        Assert.That(items["PackageDownload"], Has.Member("Cake.Tool"));
    }

    [Test]
    public void The_property_swaps_them_for_the_official_package()
    {
        var items = Items("-p:UseCakeFrostingPackage=true");
        Assert.That(items["PackageReference"], Has.Member("Cake.Frosting"));
        Assert.That(items["ProjectReference"], Has.None.EndsWith("Cake.Frosting.csproj"));
        Assert.That(items["PackageDownload"], Has.None.EqualTo("Cake.Tool"));
        Assert.That(items["Reference"], Has.None.StartsWith("Cake."));
    }

    private static Dictionary<string, List<string>> Items(params string[] properties)
    {
        var project = Path.Combine(Checkout.Root, "build", "Build.csproj");
        using var msbuild = Process.Start(new ProcessStartInfo(
            "dotnet",
            ["msbuild", project, "-getItem:ProjectReference,PackageReference,PackageDownload,Reference", .. properties])
        { RedirectStandardOutput = true })!;
        using var document = JsonDocument.Parse(msbuild.StandardOutput.ReadToEnd());
        msbuild.WaitForExit();
        return document.RootElement.GetProperty("Items").EnumerateObject().ToDictionary(
            group => group.Name,
            group => group.Value.EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!).ToList());
    }
}
