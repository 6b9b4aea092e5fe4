using System.Reflection;

namespace Seidra.Cutover.Hosting;

/// <summary>What the program knows of itself.</summary>
public static class ProgramInfo
{
    /// <summary>The program's version, without build metadata.</summary>
    public static string Version { get; } =
        typeof(ProgramInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>The root of the checkout that this program was built from: the nearest folder above it that holds the solution.</summary>
    /// <exception cref="InvalidOperationException">The program was moved out of its checkout.</exception>
    public static string Repository
    {
        get
        {
            for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, "Seidra.slnx")))
                {
                    return folder;
                }
            }

            throw new InvalidOperationException("Expected this program inside its checkout (a folder with Seidra.slnx), found none above it. Run it by ./build.sh");
        }
    }
}
