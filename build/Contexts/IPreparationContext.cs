using Seidra.Cutover.Movement;
using Seidra.Database;

namespace Seidra.Cutover.Contexts;

/// <summary>Stage 1: save what Classic holds and look at its schema; Ultimate's servers are not in sight.</summary>
public interface IPreparationContext : IStepContext
{
    /// <summary>Classic's database.</summary>
    DatabaseEndpoint ClassicDatabase { get; }

    /// <summary>A scratch database for the restore drill; created and dropped by the drill.</summary>
    DatabaseEndpoint ScratchDatabase { get; }

    /// <summary>PostgreSQL's own programs.</summary>
    PgTools PgTools { get; }

    /// <summary>Where the backup of database and media lies.</summary>
    BackupPlaces Backup { get; }

    /// <summary>Reads how Classic's tables and columns map.</summary>
    DatabaseMovement Rows { get; }

    /// <summary>Moves media out of Classic's store.</summary>
    MediaMovement Media { get; }
}
