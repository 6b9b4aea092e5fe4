namespace Seidra.Media.Tests.S3;

/// <summary>Keys that S3 allows and clients get wrong.</summary>
internal static class OddKeys
{
    public static readonly string[] All =
    [
        "plain.png", "with space.png", "plus+sign.png", "percent%20literal.png", "percent%.png", "été/naïve ñ.png", "絵文字/😀.png",
        "\uE000private.png", "/leading.png", "//leading.png", "a//double.png", "trailing/", "x/../y.png", "../up.png", "./dot.png", "x/./y.png",
        "question?mark.png", "hash#mark.png", "amp&er=sand.png", "quote\"'.png", "semi;colon:at@.png", "less<more>.png", "back\\slash.png",
        "curly{}[]|^`~.png", "tab\tin.png", "comma,star*.png", "a", "a/b", "a-1", "AbC.PNG", new string('k', 1024),
        string.Concat(Enumerable.Repeat("é/", 341)),
    ];
}
