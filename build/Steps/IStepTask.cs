namespace Seidra.Cutover.Steps;

/// <summary>Marks the tasks that are steps of the migration: they need a state folder, a lock and a journal.</summary>
public interface IStepTask;
