namespace Seidra.Database;

/// <summary>What a column of Ultimate holds, and so the CLR type that carries its value between the two sides.</summary>
internal enum TargetType
{
    /// <summary><see cref="string"/> without NUL.</summary>
    Text,

    /// <summary><see cref="string"/> of well-formed JSON.</summary>
    Json,

    /// <summary><see cref="long"/> within 32 bits.</summary>
    Integer,

    /// <summary><see cref="double"/>, finite.</summary>
    Float,

    /// <summary><see cref="bool"/>.</summary>
    Boolean,

    /// <summary><see cref="DateTime"/> of kind Unspecified that means UTC, whole microseconds.</summary>
    Timestamp,
}
