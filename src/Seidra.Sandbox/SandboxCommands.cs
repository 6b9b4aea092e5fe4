using Microsoft.Data.Sqlite;
using Npgsql;
using Seidra.Sandbox.Servers;
using Seidra.Sandbox.World;

namespace Seidra.Sandbox;

/// <summary>The roles that this program plays as a process.</summary>
internal static class SandboxCommands
{
    private const int Failed = 1;
    private const int Usage = 2;

    /// <summary>Plays the role that the first argument names and returns the exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        try
        {
            switch (arguments.Count > 0 ? arguments[0] : "")
            {
                case SandboxProgram.World:
                    return await WorldProcess.RunAsync(new RoleArguments([.. arguments.Skip(1)]));
                case SandboxProgram.Classic:
                    await ClassicServer.RunAsync();
                    return 0;
                case SandboxProgram.Ultimate:
                    await UltimateServer.RunAsync(new RoleArguments([.. arguments.Skip(1)]));
                    return 0;
                default:
                    await Console.Error.WriteLineAsync($"expected one of {SandboxProgram.World}, {SandboxProgram.Classic}, {SandboxProgram.Ultimate}; a rehearsal starts them by itself");
                    return Usage;
            }
        }
        catch (Exception error) when (error is SandboxException or SqliteException or NpgsqlException or IOException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return Failed;
        }
    }
}
