using Seidra.Cutover.Movement;
using Seidra.Database;
using Seidra.Delivery;

namespace Seidra.Cutover.Contexts;

/// <summary>Stage 2: bring up Ultimate on staging and move rows and media while Classic serves.</summary>
public interface IUpgradeContext : IStepContext
{
    /// <summary>Git, with the pinned commit.</summary>
    GitClient Git { get; }

    /// <summary>The clone of Ultimate.</summary>
    string Clone { get; }

    /// <summary>The folder of Alembic revisions in the clone; <c>null</c> where the checkout has none.</summary>
    string? Versions { get; }

    /// <summary>Ultimate's database.</summary>
    DatabaseEndpoint UltimateDatabase { get; }

    /// <summary>The staging stack.</summary>
    Stack Staging { get; }

    /// <summary>Fills the environment of a stack.</summary>
    StackSecrets StackSecrets { get; }

    /// <summary>Moves and proves rows.</summary>
    DatabaseMovement Rows { get; }

    /// <summary>Moves and proves media.</summary>
    MediaMovement Media { get; }
}
