namespace Seidra.Configuration;

/// <summary>What a key holds.</summary>
internal enum ModelKind
{
    Text,
    Integer,
    Number,
    Flag,
    Choice,
    Secret,
    List,
    Section,
}
