using System.Text;
using CliWrap;

namespace Seidra.Delivery;

/// <summary>Where the two streams of a running program go: live log, log file, tail, and the caller's capture.</summary>
internal sealed class ProcessOutput : IDisposable
{
    private const int TailLines = 50;
    private const int MaxCapture = 16 * 1024 * 1024;
    private readonly Lock _lock = new();
    private readonly Queue<string> _tail = new();
    private readonly MemoryStream _captured = new();
    private readonly ProcessSpec _spec;
    private readonly Action<string>? _log;
    private readonly Redactor _redactor;
    private readonly StreamWriter? _file;
    private readonly CancellationTokenSource _stop = new();

    public ProcessOutput(ProcessSpec spec, Redactor redactor, Action<string>? log)
    {
        _spec = spec;
        _log = log;
        _redactor = redactor;
        if (spec.LogFile is not null) _file = OpenLog(spec.LogFile);
    }

    /// <summary>The last lines, redacted.</summary>
    public IReadOnlyList<string> Tail
    {
        get
        {
            lock (_lock) return [.. _tail];
        }
    }

    /// <summary>Standard output as captured.</summary>
    public string Captured
    {
        get
        {
            lock (_lock) return Encoding.UTF8.GetString(_captured.GetBuffer(), 0, (int)_captured.Length);
        }
    }

    public PipeTarget StandardOutput => _spec.Capture ? PipeTarget.Create(CaptureAsync) : Lines();

    public PipeTarget StandardError => Lines();

    /// <summary>Stops reading soon: the program has ended, and what still holds its pipes is a service it left behind.</summary>
    public void StopSoon() => _stop.CancelAfter(TimeSpan.FromSeconds(1));

    public void Dispose()
    {
        _stop.Dispose();
        lock (_lock)
        {
            _file?.Dispose();
            _captured.Dispose();
        }
    }

    private PipeTarget Lines() => PipeTarget.Create(async (stream, cancellation) =>
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stop.Token);
        await new LineReader(_redactor, Line).ReadAsync(stream, either.Token);
    });

    private async Task CaptureAsync(Stream stream, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stop.Token);
        var buffer = new byte[65536];
        try
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, either.Token).AsTask().WaitAsync(either.Token)) > 0)
            {
                lock (_lock)
                {
                    if (_captured.Length + read > MaxCapture) throw new DeliveryException($"{_spec.FileName}: printed more than 16 MiB where a short answer was expected.");
                    _captured.Write(buffer, 0, read);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The program has ended; its answer is whole.
        }
    }

    private void Line(string text)
    {
        lock (_lock)
        {
            if (_tail.Count == TailLines) _tail.Dequeue();
            _tail.Enqueue(text);
            // A reader that was given up may still deliver a line after the end.
            if (_file?.BaseStream?.CanWrite == true) _file.WriteLine(text);
            _log?.Invoke(_spec.Prefix is null ? text : $"{_spec.Prefix} | {text}");
        }
    }

    private static StreamWriter OpenLog(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return new StreamWriter(path, new UTF8Encoding(false), options) { AutoFlush = true };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException($"{path}: the log file cannot be written ({error.Message}). Make room, or grant write access.", error);
        }
    }
}
