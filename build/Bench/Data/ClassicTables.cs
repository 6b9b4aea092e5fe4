namespace Seidra.Cutover.Bench;

/// <summary>What a column of the benchmark's Classic holds.</summary>
internal enum ColumnKind
{
    /// <summary>The integer key, which counts by itself.</summary>
    Key,

    /// <summary>An integer.</summary>
    Integer,

    /// <summary>Text.</summary>
    Text,

    /// <summary>JSON; text on SQLite.</summary>
    Json,

    /// <summary>A boolean; 0 or 1 on SQLite.</summary>
    Flag,

    /// <summary>A floating-point number.</summary>
    Real,

    /// <summary>A moment in UTC without zone; text on SQLite.</summary>
    Moment,
}

/// <summary>One column.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
internal sealed record ClassicColumn(string Name, ColumnKind Kind);

/// <summary>One table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns, the key first.</param>
internal sealed record ClassicTable(string Name, IReadOnlyList<ClassicColumn> Columns)
{
    /// <summary>Classic's users.</summary>
    public static ClassicTable Users { get; } = Of("users", "id username email hashed_password is_active? settings{} created_at@");

    /// <summary>Their personas.</summary>
    public static ClassicTable Personas { get; } = Of(
        "personas", "id user_id# name description style_prompt negative_prompt lora_models{} tags{} avatar_url created_at@ updated_at@");

    /// <summary>Generation jobs.</summary>
    public static ClassicTable Jobs { get; } = Of(
        "jobs",
        "id user_id# persona_id# job_type prompt negative_prompt model_name parameters{} status progress~ result_images{} metadata{} error_message created_at@ updated_at@ completed_at@");

    /// <summary>What the jobs made.</summary>
    public static ClassicTable Media { get; } = Of(
        "media", "id user_id# job_id# file_path thumbnail_path file_type mime_type metadata{} tags{} created_at@");

    /// <summary>All of them, parents first.</summary>
    public static IReadOnlyList<ClassicTable> All { get; } = [Users, Personas, Jobs, Media];

    /// <summary>The statement that makes the table.</summary>
    /// <param name="type">The engine's name of a kind of column.</param>
    public string Create(Func<ColumnKind, string> type) =>
        $"CREATE TABLE {Name} ({string.Join(", ", Columns.Select(column => $"{column.Name} {type(column.Kind)}"))})";

    private static ClassicTable Of(string name, string columns) => new(name, [.. columns.Split(' ').Select(Column)]);

    private static ClassicColumn Column(string text) => text switch
    {
        "id" => new ClassicColumn(text, ColumnKind.Key),
        [.., '#'] => new ClassicColumn(text[..^1], ColumnKind.Integer),
        [.., '{', '}'] => new ClassicColumn(text[..^2], ColumnKind.Json),
        [.., '?'] => new ClassicColumn(text[..^1], ColumnKind.Flag),
        [.., '~'] => new ClassicColumn(text[..^1], ColumnKind.Real),
        [.., '@'] => new ClassicColumn(text[..^1], ColumnKind.Moment),
        _ => new ClassicColumn(text, ColumnKind.Text),
    };
}
