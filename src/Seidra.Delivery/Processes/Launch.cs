using System.Text;

namespace Seidra.Delivery;

/// <summary>The program file and arguments that the kernel can really execute for a <see cref="ProcessSpec"/>.</summary>
internal sealed record Launch(string FileName, IReadOnlyList<string> Arguments)
{
    private const UnixFileMode AnyRunBit = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>Finds the program, and the interpreter of a script without run bit.</summary>
    /// <exception cref="DeliveryException">Not found, a folder, or neither executable nor a script.</exception>
    public static Launch Resolve(string fileName, IReadOnlyList<string> arguments, string? workingDirectory)
    {
        if (string.IsNullOrWhiteSpace(fileName)) throw new DeliveryException("expected a program to run, found an empty name. Name it in the settings.");
        if (workingDirectory is not null && !Directory.Exists(workingDirectory))
        {
            throw new DeliveryException($"{fileName}: the folder to run it in, {workingDirectory}, does not exist. Run the step that makes it first.");
        }

        if (!fileName.Contains('/', StringComparison.Ordinal) && !fileName.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return new Launch(
                ExecutableFinder.Find(fileName) ?? throw new DeliveryException($"{fileName}: not found in PATH. Install it, or name its full path in the settings."), arguments);
        }

        var path = Path.GetFullPath(fileName, workingDirectory ?? Directory.GetCurrentDirectory());
        if (!File.Exists(path))
        {
            throw new DeliveryException(Directory.Exists(path)
                ? $"{path}: expected a program, found a folder."
                : $"{path}: the program does not exist. Correct the path in the settings.");
        }

        return OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyRunBit) != 0
            ? new Launch(path, arguments)
            : ThroughInterpreter(path, arguments);
    }

    private static Launch ThroughInterpreter(string script, IReadOnlyList<string> arguments)
    {
        var first = FirstLine(script);
        if (!first.StartsWith("#!", StringComparison.Ordinal))
        {
            throw new DeliveryException($"{script}: has no run bit and no #! line that names an interpreter. Run: chmod +x {script}");
        }

        // As the kernel does it: the interpreter, then the rest of the line as one argument (execve(2)).
        var line = first[2..].Trim();
        var space = line.IndexOfAny([' ', '\t']);
        var (interpreter, argument) = space < 0 ? (line, null) : (line[..space], line[(space + 1)..].Trim());
        if (Path.GetFileName(interpreter) == "env" && argument is not null && !argument.Contains(' ', StringComparison.Ordinal))
        {
            interpreter = ExecutableFinder.Find(argument) ?? throw new DeliveryException($"{script}: needs {argument}, which is not in PATH. Install it.");
            argument = null;
        }

        return File.Exists(interpreter)
            ? new Launch(interpreter, argument is null ? [script, .. arguments] : [argument, script, .. arguments])
            : throw new DeliveryException($"{script}: its interpreter {interpreter} does not exist. Install it.");
    }

    private static string FirstLine(string script)
    {
        try
        {
            using var stream = File.OpenRead(script);
            Span<byte> head = stackalloc byte[256];
            var text = Encoding.UTF8.GetString(head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)]);
            return text.Split('\n')[0].TrimEnd('\r');
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException($"{script}: cannot be read ({error.Message}). Grant read access to it.", error);
        }
    }
}
