using Cake.Core.IO;

namespace Cake.Frosting.Internal;

/// <summary>The directory that the program chose to work in.</summary>
internal sealed record WorkingDirectory(DirectoryPath Path);
