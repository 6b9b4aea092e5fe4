namespace Seidra.Media.Tests.Stores;

public sealed class ObjectStoresTests
{
    [TestCase("seidra-media", "no URL")]
    [TestCase("ftp://host/media", "ftp")]
    [TestCase("file://media/sub", "three slashes")]
    [TestCase("s3://ab", "3 to 63")]
    [TestCase("s3://bucket/folder", "3 to 63")]
    public void A_wrong_url_is_refused_with_an_example(string url, string says) =>
        Assert.That(
            () => ObjectStores.Open(new MediaEndpoint(url, "http://minio:9000", null, "key", "s3cr3t-s3cr3t")),
            Throws.TypeOf<MediaException>().With.Message.Contains(says).And.Message.Contains("settings").And.Message.Not.Contains("s3cr3t"));

    [TestCase("minio:9000")]
    [TestCase("http://minio:9000/path")]
    [TestCase("http://user:password@minio:9000")]
    public void A_wrong_endpoint_is_refused_without_printing_it(string endpoint) =>
        Assert.That(
            () => ObjectStores.Open(new MediaEndpoint("s3://bucket", endpoint, null, "key", "secret")),
            Throws.TypeOf<MediaException>().With.Message.Contains("http://minio:9000").And.Message.Not.Contains("password"));

    [Test]
    public void Missing_keys_are_refused() =>
        Assert.That(
            () => ObjectStores.Open(new MediaEndpoint("s3://bucket", "http://minio:9000", null, "key", "")),
            Throws.TypeOf<MediaException>().With.Message.Contains("secret key"));

    [Test]
    public void An_endpoint_prints_without_its_keys()
    {
        var endpoint = new MediaEndpoint("s3://bucket", "http://minio:9000", "eu", "AKIA-me", "s3cr3t");
        Assert.That($"{endpoint}", Is.EqualTo("s3://bucket at http://minio:9000"));
    }
}
