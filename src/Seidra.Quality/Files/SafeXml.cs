using System.Xml;

namespace Seidra.Quality;

/// <summary>Reads report XML that may come from anywhere: nothing is fetched, no entity is ever expanded.</summary>
internal static class SafeXml
{
    // 512 Mi characters: a coverage report of a very large product is some 100 MB.
    private const long MaxCharacters = 512L * 1024 * 1024;

    /// <summary>
    /// Streams the document through <paramref name="read"/>. A DOCTYPE line is skipped unread, because Istanbul and
    /// gcovr write one into every Cobertura report; entities it declares do not exist for the reader.
    /// </summary>
    /// <exception cref="QualityException">Not well-formed XML, with file, line and column.</exception>
    public static T Read<T>(ReportFile file, Func<XmlReader, T> read)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            MaxCharactersInDocument = MaxCharacters,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
        try
        {
            using var stream = file.Open();
            using var reader = XmlReader.Create(stream, settings);
            reader.MoveToContent();
            var result = read(reader);
            // To the end: a document that is cut off after the part of interest is damaged all the same.
            while (reader.Read())
            {
            }

            return result;
        }
        catch (XmlException error)
        {
            throw new QualityException(
                $"{file.Path}:{error.LineNumber}: expected a complete XML report, found: {error.Message} Run the quality command again.", error);
        }
        catch (IOException error)
        {
            throw new QualityException($"{file.Path}: the report cannot be read ({error.Message}). Run the quality command again.", error);
        }
    }

    /// <summary>An attribute that must be a count, or null where it is absent.</summary>
    /// <exception cref="QualityException">Present but not a whole number of 0 or more.</exception>
    public static long? Count(XmlReader reader, ReportFile file, string attribute)
    {
        var text = reader.GetAttribute(attribute);
        if (text is null) return null;
        return long.TryParse(text, System.Globalization.NumberStyles.None, null, out var count)
            ? count
            : throw At(reader, file, $"{attribute}=\"{Short(text)}\" of <{reader.Name}> is not a count.");
    }

    /// <summary>An error at the reader's place in the file.</summary>
    public static QualityException At(XmlReader reader, ReportFile file, string message) =>
        new($"{file.Path}:{(reader as IXmlLineInfo)?.LineNumber ?? 0}: {message}");

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";
}
