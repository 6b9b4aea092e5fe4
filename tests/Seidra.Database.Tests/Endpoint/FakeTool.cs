namespace Seidra.Database.Tests.Endpoint;

/// <summary>A program of PostgreSQL's name that does what a test wants.</summary>
internal static class FakeTool
{
    /// <summary>Writes a shell script that prints the version when asked and otherwise runs the body.</summary>
    public static PgTools Write(string folder, string name, string version, string body)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, $"#!/bin/sh\nif [ \"$1\" = --version ]; then echo '{name} (PostgreSQL) {version}'; exit 0; fi\n{body}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new PgTools(folder);
    }
}
