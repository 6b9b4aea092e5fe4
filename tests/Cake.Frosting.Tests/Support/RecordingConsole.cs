using System.Globalization;
using System.Text;
using Cake.Core;

namespace Cake.Frosting.Tests.Support;

/// <summary>A console that keeps what it is told.</summary>
public sealed class RecordingConsole : IConsole
{
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    public ConsoleColor ForegroundColor { get; set; }

    public ConsoleColor BackgroundColor { get; set; }

    public bool SupportAnsiEscapeCodes => false;

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public void Write(string format, params object[] arg) => _out.AppendFormat(CultureInfo.InvariantCulture, format, arg);

    public void Write(string value) => _out.Append(value);

    public void WriteLine(string format, params object[] arg) => _out.AppendFormat(CultureInfo.InvariantCulture, format, arg).Append('\n');

    public void WriteLine(string value) => _out.Append(value).Append('\n');

    public void WriteError(string format, params object[] arg) => _error.AppendFormat(CultureInfo.InvariantCulture, format, arg);

    public void WriteError(string value) => _error.Append(value);

    public void WriteErrorLine(string format, params object[] arg) => _error.AppendFormat(CultureInfo.InvariantCulture, format, arg).Append('\n');

    public void WriteErrorLine(string value) => _error.Append(value).Append('\n');

    public void ResetColor()
    {
    }
}
