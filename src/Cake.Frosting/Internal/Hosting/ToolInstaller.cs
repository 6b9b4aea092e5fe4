using Cake.Core.Packaging;

namespace Cake.Frosting.Internal;

/// <summary>Installs tools the way the engine does it.</summary>
internal sealed class ToolInstaller(Core.Tooling.IToolInstaller engine) : IToolInstaller
{
    // The engine hands out the paths lazily: asking for them all is what installs the tool.
    public void Install(PackageReference tool) => _ = engine.Install(tool).ToList();
}
