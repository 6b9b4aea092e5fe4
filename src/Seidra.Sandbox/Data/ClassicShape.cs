namespace Seidra.Sandbox.Data;

/// <summary>The shapes a Classic database is met in.</summary>
public enum ClassicShape
{
    /// <summary>Tables users, personas, jobs, media with integer ids.</summary>
    Classic,

    /// <summary>Classic with the five columns of the migration script added, columns named owner_id, text and path, and a user called demo at id 5.</summary>
    ClassicEnriched,

    /// <summary>Ultimate's tables, stamped at the older Alembic revision 20241003_0002.</summary>
    UltimateOlder,

    /// <summary>Ultimate's tables as the ORM's create_all makes them, without a stamp.</summary>
    UltimateUnstamped,
}
