namespace Seidra.Media.Tests.S3;

public sealed class S3NamesTests
{
    [TestCase("a b+c%d", "a%20b%2Bc%25d")]
    [TestCase("/x//y/", "/x//y/")]
    [TestCase("../a/./b", "../a/./b")]
    [TestCase("été/😀", "%C3%A9t%C3%A9/%F0%9F%98%80")]
    [TestCase("A-z_0.9~", "A-z_0.9~")]
    public void A_key_is_encoded_once_and_keeps_its_slashes(string key, string path) =>
        Assert.That(S3Names.EncodeKey(key), Is.EqualTo(path));

    [Test]
    public void Keys_end_at_1024_bytes()
    {
        Assert.That(S3Names.Problem(new string('é', 512)), Is.Null);
        Assert.That(S3Names.Problem(new string('é', 512) + "x"), Does.Contain("1024"));
    }
}
