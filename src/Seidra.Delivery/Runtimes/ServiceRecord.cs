using System.Text.Json;

namespace Seidra.Delivery;

/// <summary>What is written down of a detached service, so that any later run finds, stops or restarts it.</summary>
/// <param name="Name">Name for logs.</param>
/// <param name="Pid">Process id, leader of the service's session; 0 between intent and start.</param>
/// <param name="StartTicks">Start of that process in clock ticks since boot; with the pid it names one process for good.</param>
/// <param name="Argv">Program and arguments.</param>
/// <param name="WorkingDirectory">Folder it runs in.</param>
/// <param name="EnvFile">The .env file whose pairs are its environment; null: none.</param>
/// <param name="LogFile">File that gets its output.</param>
public sealed record ServiceRecord(
    string Name, int Pid, long StartTicks, IReadOnlyList<string> Argv, string WorkingDirectory, string? EnvFile, string LogFile)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads a service file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The record, or null where the file does not exist.</returns>
    /// <exception cref="DeliveryException">The file is damaged.</exception>
    public static ServiceRecord? Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ServiceRecord>(File.ReadAllText(path), Json) is { Name: not null, Argv: not null } record
                ? record
                : throw new JsonException("the file holds no service");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException($"{path}: expected a service file, found something else ({error.Message}). Stop the service by hand and delete the file.", error);
        }
    }

    /// <summary>Writes the record atomically, mode 0600.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops before the file is replaced.</param>
    /// <exception cref="DeliveryException">The file cannot be written.</exception>
    public Task WriteAsync(string path, CancellationToken cancellation = default) =>
        AtomicFile.WriteAsync(path, JsonSerializer.Serialize(this, Json) + "\n", cancellation);

    /// <summary>True where the other record describes the same command in the same place, whatever its process.</summary>
    /// <param name="other">The other record.</param>
    public bool IsSameServiceAs(ServiceRecord other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Argv.SequenceEqual(other.Argv) && WorkingDirectory == other.WorkingDirectory && EnvFile == other.EnvFile;
    }

    /// <summary>True where the recorded process lives: same pid, same start, not merely a process that got the same number.</summary>
    public bool IsAlive() => Pid > 0 && (OperatingSystem.IsLinux()
        ? ProcessTable.Find(Pid) is { IsAlive: true } row && row.StartTicks == StartTicks
        : ProcessIdentity.StartTicks(Pid) == StartTicks);
}
