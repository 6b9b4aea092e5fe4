using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Tasks.Checklist;

namespace Seidra.Cutover.Tasks.Production;

/// <summary>The main job: everything up to the final checklist, and never the release of Classic.</summary>
[TaskName("Cutover")]
[TaskDescription("The whole migration, from backup to the signed checklist; Classic is kept")]
[IsDependentOn(typeof(RotateDemoAccountTask))]
[IsDependentOn(typeof(FinalChecklistTask))]
[IsDependentOn(typeof(SignReportTask))]
public sealed class CutoverTask : FrostingTask<IProductionContext>;
