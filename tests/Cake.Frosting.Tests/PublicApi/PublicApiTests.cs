using System.Runtime.CompilerServices;

namespace Cake.Frosting.Tests.PublicApi;

public sealed class PublicApiTests
{
    private static readonly ILookup<string, string> _official =
        ApiListing.Read(File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "PublicApi", "frosting-api.txt")));

    private static readonly ILookup<string, string> _ours = ApiListing.Of(typeof(CakeHost).Assembly);

    [Test]
    public void The_types_are_those_of_the_official_package_and_no_others() =>
        Assert.That(_ours.Select(type => type.Key), Is.EquivalentTo(_official.Select(type => type.Key)));

    [TestCaseSource(nameof(Types))]
    public void The_members_are_those_of_the_official_package_and_no_others(string type) =>
        Assert.That(_ours[type], Is.EquivalentTo(_official[type]));

    [Test]
    public void The_host_is_configured_by_extension_methods()
    {
        var methods = new[] { typeof(CakeHostExtensions), typeof(ServiceCollectionExtensions) }
            .SelectMany(type => type.GetMethods())
            .Where(method => method.IsStatic)
            .ToList();
        Assert.That(methods, Has.Count.EqualTo(27));
        Assert.That(methods, Has.All.Matches<System.Reflection.MethodInfo>(method => method.IsDefined(typeof(ExtensionAttribute), false)));
    }

    private static IEnumerable<string> Types() => _official.Select(type => type.Key);
}
