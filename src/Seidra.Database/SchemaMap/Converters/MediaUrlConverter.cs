namespace Seidra.Database;

/// <summary>
/// An address of a file as a page asks for it. Ultimate serves its files flat, as <c>/media/&lt;name&gt;</c>: such an address
/// follows its file; any other stays.
/// </summary>
internal sealed class MediaUrlConverter : IConverter
{
    private const string Served = "/media/";

    /// <summary>The beginning of an address that follows its file.</summary>
    public static ReadOnlySpan<byte> ServedBytes => "/media/"u8;

    public TargetType Type => TargetType.Text;

    public object? Convert(object? raw, ColumnRule rule, RowVerdict row)
    {
        var url = SourceText.Read(raw, rule.To, row);
        if (url is not null && url.StartsWith(Served, StringComparison.Ordinal) && row.MapMediaPath(url[Served.Length..]) is { } mapped)
            url = Served + mapped[(mapped.LastIndexOf('/') + 1)..];
        return TextLength.Fit(string.IsNullOrWhiteSpace(url) ? null : url, rule, row);
    }
}
