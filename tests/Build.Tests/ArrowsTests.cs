using System.Xml.Linq;
using Seidra.Cutover.Hosting;

namespace Seidra.Cutover.Tests;

/// <summary>Holds the arrows between the projects, as the project files declare them.</summary>
[TestFixture]
public sealed class ArrowsTests
{
    private static readonly string Sources = Path.Combine(ProgramInfo.Repository, "src");

    private static IEnumerable<string> Rooms => Directory.EnumerateDirectories(Sources).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Rooms))]
    public void A_room_refers_to_no_other_room(string room)
    {
        string[] allowed = room == "Seidra.Reporting" ? ["Seidra.Journal"] : [];

        Assert.That(References(Path.Combine(Sources, room, $"{room}.csproj")), Is.EquivalentTo(allowed));
    }

    [TestCaseSource(nameof(Rooms))]
    public void The_program_refers_to_every_room(string room) =>
        Assert.That(References(Path.Combine(ProgramInfo.Repository, "build", "Build.csproj")), Does.Contain(room));

    [TestCaseSource(nameof(Rooms))]
    public void Only_the_hosting_layer_knows_Cake(string room)
    {
        var naming = Directory.EnumerateFiles(Path.Combine(Sources, room), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => File.ReadLines(file).Any(line => line.StartsWith("using Cake.", StringComparison.Ordinal)));

        Assert.That(room == "Cake.Frosting" ? [] : naming, Is.Empty);
    }

    private static IEnumerable<string> References(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!));
}
