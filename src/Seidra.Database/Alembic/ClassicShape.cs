namespace Seidra.Database;

/// <summary>The shapes in which Classic's database is met.</summary>
public enum ClassicShape
{
    /// <summary>None of them: not a database of SEIDRA.</summary>
    Unknown,

    /// <summary>Classic's own tables: <c>users</c>, <c>personas</c>, <c>jobs</c>, <c>media</c>.</summary>
    Classic,

    /// <summary>Classic's own tables, to which somebody already added columns that Ultimate's script wants.</summary>
    ClassicEnriched,

    /// <summary>Ultimate's table names, at whatever revision.</summary>
    UltimateTables,
}
