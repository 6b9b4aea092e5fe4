using System.Text;

namespace Seidra.Database;

/// <summary>A mark in the stream: when it comes by, all that was committed before it has come by.</summary>
internal sealed class Fence
{
    /// <summary>How our marks are told from other messages.</summary>
    public static ReadOnlySpan<byte> Prefix => "seidra_cutover"u8;

    /// <summary>Unlike that of any other moment or process.</summary>
    public string Text { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The same as it stands in the stream.</summary>
    public byte[] Content => Encoding.ASCII.GetBytes(Text);

    /// <summary>What came before it, and where the stream may start again behind it.</summary>
    public TaskCompletionSource<(KeyBatch Batch, ulong End)> Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
