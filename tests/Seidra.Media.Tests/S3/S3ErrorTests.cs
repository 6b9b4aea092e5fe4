using System.Diagnostics;
using System.Net;
using System.Text;
using Seidra.Media.Tests.Support;

namespace Seidra.Media.Tests.S3;

[Parallelizable(ParallelScope.All)]
public sealed class S3ErrorTests
{
    [Test]
    public async Task A_missing_bucket_is_named()
    {
        await using var store = ObjectStores.Open(TestS3.Endpoint("seidra-no-such-bucket"));
        Assert.That(
            async () => await store.KeysAsync(),
            Throws.TypeOf<MediaException>().With.Message.Contains("NoSuchBucket").And.Message.Contains("seidra-no-such-bucket"));
    }

    [Test]
    public async Task A_wrong_secret_is_told_from_a_wrong_key_and_never_printed()
    {
        await using var wrongSecret = ObjectStores.Open(TestS3.Endpoint("any-bucket") with { SecretKey = "not-the-secret" });
        var error = Assert.CatchAsync<MediaException>(() => wrongSecret.EnsureReadyAsync())!;
        Assert.That(error.Message, Does.Contain("SignatureDoesNotMatch").And.Contain("secret key is not the one"));
        Assert.That($"{error}", Does.Not.Contain("not-the-secret").And.Not.Contain(TestS3.Server.SecretKey));

        await using var wrongKey = ObjectStores.Open(TestS3.Endpoint("any-bucket") with { AccessKey = "nobody" });
        Assert.That(
            () => wrongKey.EnsureReadyAsync(),
            Throws.TypeOf<MediaException>().With.Message.Contains("InvalidAccessKeyId").And.Message.Contains("access key"));
    }

    [Test]
    public async Task A_wrong_secret_on_one_object_fails_the_read()
    {
        await using var store = await TestS3.NewBucketAsync();
        await store.PutAsync("k", "x");
        var bucket = store.Display.Split(' ')[1];
        await using var stranger = ObjectStores.Open(TestS3.Endpoint(bucket) with { SecretKey = "not-the-secret" });
        Assert.That(() => stranger.OpenReadAsync("k"), Throws.InstanceOf<MediaException>().With.Message.Contains("SignatureDoesNotMatch"));
        Assert.That(() => stranger.HeadAsync("k"), Throws.InstanceOf<MediaException>().With.Message.Contains("403"));
    }

    [Test]
    public async Task A_server_that_is_not_there_is_named_within_seconds()
    {
        var watch = Stopwatch.StartNew();
        await using var store = ObjectStores.Open(TestS3.Endpoint("any-bucket") with { Endpoint = "http://127.0.0.1:1" });
        Assert.That(
            async () => await store.KeysAsync(),
            Throws.TypeOf<MediaException>().With.Message.Contains("http://127.0.0.1:1 cannot be reached").And.Message.Contains("endpoint"));
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(15)));
    }

    [Test]
    public async Task A_server_that_is_no_s3_server_is_told()
    {
        await using var web = new CannedServer("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<html>hi</html>");
        await using var store = ObjectStores.Open(TestS3.Endpoint("any-bucket") with { Endpoint = web.Endpoint });
        Assert.That(async () => await store.KeysAsync(), Throws.TypeOf<MediaException>().With.Message.Contains("ListBucketResult"));
    }

    [Test]
    public async Task A_listing_out_of_order_is_refused()
    {
        const string Body = "<ListBucketResult><Contents><Key>b</Key><Size>1</Size></Contents><Contents><Key>a</Key><Size>1</Size></Contents></ListBucketResult>";
        await using var web = new CannedServer($"HTTP/1.1 200 OK\r\nContent-Length: {Body.Length}\r\n\r\n{Body}");
        await using var store = ObjectStores.Open(TestS3.Endpoint("any-bucket") with { Endpoint = web.Endpoint });
        Assert.That(async () => await store.KeysAsync(), Throws.TypeOf<MediaException>().With.Message.Contains("a follows b"));
    }

    [Test]
    public void An_answer_cannot_make_the_reader_fetch_or_expand_entities()
    {
        var error = S3Error.Parse(HttpStatusCode.BadRequest, Encoding.UTF8.GetBytes(
            "<!DOCTYPE e [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Error><Code>&x;</Code></Error>"));
        Assert.That(error.Code, Is.Empty);
    }
}
