using System.Xml;

namespace Seidra.Media;

/// <summary>How answers are read: no DTD, no entities, nothing fetched from elsewhere.</summary>
internal static class S3Xml
{
    public static readonly XmlReaderSettings Settings = new()
    {
        Async = true,
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreWhitespace = true,
        CheckCharacters = false,
    };
}
