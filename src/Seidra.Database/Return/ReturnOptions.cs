namespace Seidra.Database;

/// <summary>How changes of Ultimate come back to Classic.</summary>
public sealed record ReturnOptions
{
    /// <summary>Where a path of Classic's rows lies in Ultimate: the same function as on the way in (<see cref="MigrationOptions.MapMediaPath"/>).</summary>
    public Func<string, string?> MapMediaPath { get; init; } = path => path;

    /// <summary>
    /// Its inverse: where a path of Ultimate's rows lies in Classic; null where that is not known, then the path is kept aside.
    /// Asked for whole paths, and for the bare file name of an address such as <c>/media/name.png</c>.
    /// </summary>
    public Func<string, string?> UnmapMediaPath { get; init; } = path => path;

    /// <summary>How Ultimate's writes are held for the last round of a way back.</summary>
    public FreezeOptions Freeze { get; init; } = new();

    /// <summary>Rounds before Ultimate is frozen, each bringing what came during the one before.</summary>
    public int Rounds { get; init; } = 5;

    /// <summary>Gets plain lines without secrets or values.</summary>
    public Action<string>? Log { get; init; }

    /// <summary>Changes that are few enough to freeze Ultimate on.</summary>
    internal long Few { get; init; } = 200;
}
