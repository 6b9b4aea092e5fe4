using System.Text;

namespace Seidra.Cutover.Bench;

/// <summary>Prompts as Classic's people write them: pieces of one long text with what makes text difficult.</summary>
internal static class PromptText
{
    private const string Source =
        "Jeune fée près d'un étang gelé, reflets d'argent, brume légère; château de Séléné à la tombée de la nuit, œil de bœuf éclairé, "
        + "garçonnet émerveillé; ночной город под дождём, тёплый свет окон; 桜の下の猫, 水彩, 柔らかい光; ein Mädchen füttert Möwen, Größe & Maßstab egal; "
        + "l'atelier du \"maître verrier\" -- 100 % fait main, copeaux d'or, \\ biseau \\ gravé; piñata multicolore, fête de l'été 🎉🪅, "
        + "foule joyeuse; portrait en buste, objectif 50mm, f/1.8, profondeur de champ courte, grain argentique, rendu studio, ombres douces, "
        + "haute résolution, matière soignée, contre-jour, poussière dans la lumière, palette ocre et bleu nuit, composition au nombre d'or; "
        + "vieux phare sous l'orage 🌩, écume, falaises, mouettes, horizon bas, cadrage large";

    /// <summary>A number of different pieces of a length in characters, as UTF-8.</summary>
    public static byte[][] Pieces(int length, int count)
    {
        // By characters, not by code units: an emoji cut in two would be no text.
        Rune[] runes = [.. Source.EnumerateRunes()];
        return [.. Enumerable.Range(0, count).Select(index => Piece(runes, index * 7 % (runes.Length - length), length))];
    }

    private static byte[] Piece(Rune[] runes, int start, int length) =>
        Encoding.UTF8.GetBytes(string.Concat(runes[start..(start + length)].Select(rune => rune.ToString())));
}
