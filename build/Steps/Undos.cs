using System.Text.Json.Nodes;
using Seidra.Cutover.Contexts;
using Seidra.Journal;

namespace Seidra.Cutover.Steps;

/// <summary>The undo records that steps put on disk before they act; <see cref="UndoPlayer"/> plays them.</summary>
public static class Undos
{
    /// <summary>Remove a folder that the step makes.</summary>
    public const string Folder = "delete-folder";

    /// <summary>Remove a file that the step makes.</summary>
    public const string File = "delete-file";

    /// <summary>Stop a stack that the step starts.</summary>
    public const string Stack = "stop-stack";

    /// <summary>Give Classic its writes and its clients back.</summary>
    public const string Freeze = "release-freeze";

    /// <summary>Remove the capture of changes from Classic's database.</summary>
    public const string Capture = "remove-capture";

    /// <summary>Nothing needs to be taken back; the record says why.</summary>
    public const string Nothing = "keep";

    /// <summary>Remove the folder <paramref name="path"/>.</summary>
    public static UndoRecord DeleteFolder(string path) => new(Folder, new JsonObject { ["path"] = path });

    /// <summary>Remove the file <paramref name="path"/>.</summary>
    public static UndoRecord DeleteFile(string path) => new(File, new JsonObject { ["path"] = path });

    /// <summary>Stop <paramref name="stack"/>.</summary>
    public static UndoRecord StopStack(Stack stack) => new(Stack, new JsonObject { ["stack"] = stack.Name });

    /// <summary>Lift the freeze and point the front door at Classic.</summary>
    public static UndoRecord ReleaseFreeze() => new(Freeze, []);

    /// <summary>Remove the capture of changes from Classic's database; Ultimate's keeps the copied rows.</summary>
    public static UndoRecord RemoveCapture() => new(Capture, []);

    /// <summary>Keep what the step made, for the reason given.</summary>
    public static UndoRecord Keep(string why) => new(Nothing, new JsonObject { ["why"] = why });
}
