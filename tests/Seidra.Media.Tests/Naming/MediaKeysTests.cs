namespace Seidra.Media.Tests.Naming;

public sealed class MediaKeysTests
{
    private static readonly MediaKeys Keys = new(["/app/uploads/", "/app/", "/data/media", "uploads/", "seidra-media/", ""]);

    [TestCase("a.png", "a.png")]
    [TestCase("/a.png", "a.png")]
    [TestCase("/app/uploads/gallery/a.png", "gallery/a.png")]
    [TestCase("/app/other/a.png", "other/a.png", TestName = "The longest prefix that fits goes")]
    [TestCase("/data/media/a.png", "a.png", TestName = "A prefix without slash is a folder")]
    [TestCase("/data/mediathek/a.png", "data/mediathek/a.png", TestName = "A prefix ends at a slash")]
    [TestCase("uploads/uploads/a.png", "uploads/a.png", TestName = "A prefix goes once")]
    [TestCase("/uploads/a.png", "a.png", TestName = "A leading slash does not hide a prefix")]
    [TestCase("s3://any-bucket/gallery/a b%20c.png", "gallery/a b%20c.png", TestName = "An s3 URL is taken as it is")]
    [TestCase("http://minio:9000/seidra-media/a%20b.png?X-Amz-Expires=60&x=/uploads/", "a b.png", TestName = "A web URL is decoded, its query goes")]
    [TestCase("file:///data/media/a.png", "a.png")]
    [TestCase("  /app/uploads/é😀.png ", "é😀.png")]
    [TestCase("what?/is#this%.png", "what?/is#this%.png", TestName = "A plain path is not decoded")]
    [TestCase("s3://bucket", "")]
    public void A_row_path_becomes_its_key(string path, string key) => Assert.That(Keys.KeyOf(path), Is.EqualTo(key));
}
