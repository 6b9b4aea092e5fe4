using System.Text.Json.Serialization;

namespace Seidra.Sandbox.Door;

/// <summary>The admin API's answer; the target alone is also what the door remembers over a restart.</summary>
/// <param name="Target"><c>classic</c> or <c>ultimate</c>.</param>
/// <param name="Holding">Whether writes are queued.</param>
/// <param name="InFlightWrites">Writes passed on and not answered yet.</param>
internal sealed record DoorState(string Target, bool Holding = false, int InFlightWrites = 0)
{
    /// <summary>What went wrong and what to do; absent where all went well.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }
}

/// <summary>A request to hold writes.</summary>
/// <param name="DeadlineMs">After so many milliseconds the hold ends by itself.</param>
internal sealed record HoldRequest(int DeadlineMs);
