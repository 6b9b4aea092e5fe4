namespace Seidra.Database;

/// <summary>Text of a SQLite file that is not well-formed in the file's encoding.</summary>
/// <param name="Bytes">The bytes as they are stored.</param>
internal sealed record InvalidText(byte[] Bytes);
