using System.Text.Json.Nodes;
using Seidra.Cutover.Movement;
using Seidra.Database;
using Seidra.Delivery;
using Seidra.Journal;

namespace Seidra.Cutover.Contexts;

/// <summary>Stage 4: production comes up, Classic is frozen, the rest is caught up, traffic moves.</summary>
public interface IProductionContext : IStepContext
{
    /// <summary>The secrets of production.</summary>
    ISecretStore Secrets { get; }

    /// <summary>Fills the environment of a stack.</summary>
    StackSecrets StackSecrets { get; }

    /// <summary>The staging stack, which makes way for production.</summary>
    Stack Staging { get; }

    /// <summary>The production stack.</summary>
    Stack Production { get; }

    /// <summary>Classic's database.</summary>
    DatabaseEndpoint ClassicDatabase { get; }

    /// <summary>Ultimate's database.</summary>
    DatabaseEndpoint UltimateDatabase { get; }

    /// <summary>Moves and proves rows.</summary>
    DatabaseMovement Rows { get; }

    /// <summary>Moves and proves media.</summary>
    MediaMovement Media { get; }

    /// <summary>The way back after the switch.</summary>
    WayBack WayBack { get; }

    /// <summary>The write freeze of this run.</summary>
    WriteFreezeWindow Freeze { get; }

    /// <summary>The front door; <c>null</c> where none is configured.</summary>
    ITrafficSwitch? Traffic { get; }

    /// <summary>Looks at Ultimate deeper than its own health page does.</summary>
    UltimateHealth UltimateHealth { get; }

    /// <summary>Runs programs.</summary>
    ProcessRunner Processes { get; }

    /// <summary>What the journal says now.</summary>
    JournalSnapshot Journal { get; }

    /// <summary>Puts a fact into the journal.</summary>
    void Record(string fact, JsonNode value);

    /// <summary>Whether the last delta was caught up and clients are already at Ultimate.</summary>
    Task<bool> IsSwitchedAsync();
}
