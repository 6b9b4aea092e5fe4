namespace Seidra.Database;

/// <summary>A table and how many rows it holds.</summary>
/// <param name="Name">Its name, with its schema when that is not <c>public</c>.</param>
/// <param name="Rows">Rows counted, not estimated.</param>
public sealed record TableSize(string Name, long Rows);

/// <summary>What a probe found.</summary>
/// <param name="Kind">The engine.</param>
/// <param name="ServerVersion">Version of the server, or of the SQLite library.</param>
/// <param name="SizeBytes">Size on the server's disk, indexes included.</param>
/// <param name="Shape">Which of SEIDRA's shapes the tables have.</param>
/// <param name="Tables">All tables that hold rows of their own.</param>
public sealed record DatabaseDescription(DatabaseKind Kind, string ServerVersion, long SizeBytes, ClassicShape Shape, IReadOnlyList<TableSize> Tables);
