using System.Text;

namespace Seidra.Cutover.Bench;

/// <summary>The benchmark's Classic: the same rows for the same number, and of the weight that the bounds were set with.</summary>
/// <param name="rows">Jobs, and as many media; one persona for ten and one user for twenty-five of them.</param>
internal sealed class ClassicGenerator(int rows)
{
    private const long Second = 1_000_000;
    private const long FirstUser = 1_672_531_200 * Second;
    private const long FirstPersona = FirstUser + (100_000 * Second);
    private const long FirstJob = FirstUser + (10_000_000 * Second);
    private const long Rendering = 240 * Second;

    private static readonly byte[][] Prompts = PromptText.Pieces(300, 199);
    private static readonly byte[][] Descriptions = PromptText.Pieces(120, 97);
    private static readonly byte[][] Styles = PromptText.Pieces(150, 89);

    private readonly byte[] _buffer = new byte[1024];

    /// <summary>Users.</summary>
    public int Users { get; } = rows / 25;

    /// <summary>Personas.</summary>
    public int Personas { get; } = rows / 10;

    /// <summary>Jobs, and as many media.</summary>
    public int Rows { get; } = rows;

    /// <summary>Hands all tables to a sink, parents first.</summary>
    public void Fill(IClassicSink sink, CancellationToken cancel)
    {
        Table(sink, ClassicTable.Users, Users, User, cancel);
        Table(sink, ClassicTable.Personas, Personas, Persona, cancel);
        Table(sink, ClassicTable.Jobs, Rows, Job, cancel);
        Table(sink, ClassicTable.Media, Rows, Item, cancel);
    }

    private static void Table(IClassicSink sink, ClassicTable table, int count, Action<IClassicSink, int> row, CancellationToken cancel)
    {
        sink.Begin(table);
        for (var id = 1; id <= count; id++)
        {
            cancel.ThrowIfCancellationRequested();
            sink.Integer(id);
            row(sink, id);
            sink.EndRow();
        }

        sink.End();
    }

    private void User(IClassicSink sink, int id)
    {
        Text(sink, $"membre{id}");
        Text(sink, $"membre{id}@studio.example");
        sink.Text("$2b$12$WvQkYzB1hT7mN0cR5sLxUeJ8gPdF3aKqHnZi2oVtXyEb6wMr4uCSO"u8);
        sink.Flag(id % 11 != 0);
        Text(sink, $$$"""{"theme": "nuit", "language": "fr", "notifications": {"web": true, "email": {{{(id % 2 == 0 ? "true" : "false")}}}}, "extra": {"rank": {{{id}}}}}""");
        Moment(sink, FirstUser, id);
    }

    private void Persona(IClassicSink sink, int id)
    {
        sink.Integer(OwnerOf(id));
        Text(sink, $"Muse n° {id} ✨");
        sink.Text(Descriptions[id % Descriptions.Length]);
        sink.Text(Styles[id % Styles.Length]);
        sink.Text("flou, visage déformé"u8);
        sink.Text("""["aquarelle_v2", "grain_fin"]"""u8);
        sink.Text("""["été", "portrait"]"""u8);
        Text(sink, $"/media/avatars/muse{id}.png");
        Moment(sink, FirstPersona, id);
        Moment(sink, FirstPersona + (90_000 * Second), id);
    }

    private void Job(IClassicSink sink, int id)
    {
        var done = id % 4 < 2;
        sink.Integer(OwnerOf(id));
        if (id % 3 == 0)
        {
            sink.Null();
        }
        else
        {
            sink.Integer((id * 7_561L % Personas) + 1);
        }

        sink.Text("image"u8);
        sink.Text(Prompts[id % Prompts.Length]);
        sink.Text("flou, visage déformé"u8);
        sink.Text("sdxl-base"u8);
        Text(sink, $$"""{"width": 1024, "height": 768, "num_inference_steps": 32, "guidance_scale": 7.5, "num_images": 1, "seed": {{id * 6_007L}}, "model_name": "sdxl-base", "scheduler": "ddim", "quality": "high", "style": "nuit étoilée"}""");
        sink.Text(done ? "completed"u8 : id % 4 == 3 ? "failed"u8 : "cancelled"u8);
        sink.Real(done ? 1.0 : 0.35);
        Text(sink, $"""["images/2023/05/rendu{id}_0.png"]""");
        sink.Text("""{"quality": "high", "style": null}"""u8);
        if (id % 4 == 3)
        {
            sink.Text("CUDA out of memory"u8);
        }
        else
        {
            sink.Null();
        }

        Moment(sink, FirstJob, id);
        Moment(sink, FirstJob + Rendering, id);
        if (done)
        {
            Moment(sink, FirstJob + Rendering, id);
        }
        else
        {
            sink.Null();
        }
    }

    private void Item(IClassicSink sink, int id)
    {
        sink.Integer(OwnerOf(id));
        sink.Integer(id);
        Text(sink, $"images/2023/05/rendu{id}_0.png");
        sink.Null();
        sink.Text("image"u8);
        sink.Text("image/png"u8);
        Text(sink, $$"""{"prompt": "à l'aube 🎨", "width": 1024, "height": 768, "rank": {{id}}}""");
        sink.Text("""["galerie", "été"]"""u8);
        Moment(sink, FirstJob + Rendering, id);
    }

    private long OwnerOf(int id) => (id * 5_417L % Users) + 1;

    private static void Moment(IClassicSink sink, long first, int id) => sink.Moment(first + (id * 59 * Second) + (id * 11 % Second));

    private void Text(IClassicSink sink, string text) => sink.Text(_buffer.AsSpan(0, Encoding.UTF8.GetBytes(text, _buffer)));
}
