using Cake.Core.Packaging;

namespace Cake.Frosting;

/// <summary>Installs the tools that the host was told to bring.</summary>
public interface IToolInstaller
{
    /// <summary>Installs one tool, or leaves it where it is present.</summary>
    /// <param name="tool">What to install, e.g. <c>dotnet:?package=minver-cli&amp;version=6.0.0</c>.</param>
    void Install(PackageReference tool);
}
