namespace Seidra.Media.Tests.S3;

/// <summary>The vectors that AWS publishes: the examples of the S3 guide ("Signature Calculations for the Authorization
/// Header: Transferring Payload in a Single Chunk") and the aws-sig-v4-test-suite.</summary>
public sealed class SigV4Tests
{
    private static readonly DateTimeOffset S3Time = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset SuiteTime = new(2015, 8, 30, 12, 36, 0, TimeSpan.Zero);

    private static readonly SigV4 S3Signer =
        new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1", "s3");

    private static readonly SigV4 SuiteSigner =
        new("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "us-east-1", "service");

    [Test]
    public void S3_get_object_with_range() =>
        AssertS3("GET", "test.txt", [], [new("Range", "bytes=0-9")], SigV4.EmptyPayload,
            "host;range;x-amz-content-sha256;x-amz-date", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");

    [Test]
    public void S3_put_object_with_an_odd_key() =>
        AssertS3("PUT", "test$file.text", [],
            [new("Date", "Fri, 24 May 2013 00:00:00 GMT"), new("x-amz-storage-class", "REDUCED_REDUNDANCY")],
            "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
            "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
            "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");

    [Test]
    public void S3_get_bucket_lifecycle() =>
        AssertS3("GET", "", [new("lifecycle", "")], [], SigV4.EmptyPayload,
            "host;x-amz-content-sha256;x-amz-date", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");

    [Test]
    public void S3_list_objects() =>
        AssertS3("GET", "", [new("prefix", "J"), new("max-keys", "2")], [], SigV4.EmptyPayload,
            "host;x-amz-content-sha256;x-amz-date", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");

    [TestCase("GET", "/", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31", TestName = "get-vanilla")]
    [TestCase("POST", "/", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b", TestName = "post-vanilla")]
    [TestCase("GET", "/", "Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500", TestName = "get-vanilla-query-order-key-case")]
    [TestCase("GET", "/ሴ", "", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85", TestName = "get-utf8")]
    public void Suite(string method, string path, string query, string signature)
    {
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(q => KeyValuePair.Create(q.Split('=')[0], q.Split('=')[1]));
        AssertSuite(method, path, pairs, [], "host;x-amz-date", signature);
    }

    [Test]
    public void Suite_get_header_value_trim() =>
        AssertSuite("GET", "/", [], [new("My-Header1", " value1"), new("My-Header2", " \"a   b   c\"")],
            "host;my-header1;my-header2;x-amz-date", "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736");

    [Test]
    public void A_signer_follows_the_change_of_the_day()
    {
        var signer = new SigV4("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1", "s3");
        string Sign(DateTimeOffset time) => signer.Sign("GET", "/", [], [new("host", "h")], SigV4.EmptyPayload, time);
        var first = Sign(S3Time);
        Assert.That(Sign(S3Time.AddDays(1)), Is.Not.EqualTo(first));
        Assert.That(Sign(S3Time), Is.EqualTo(first));
    }

    private static void AssertS3(
        string method, string key, KeyValuePair<string, string>[] query, KeyValuePair<string, string>[] headers, string payload,
        string signedHeaders, string signature)
    {
        KeyValuePair<string, string>[] all =
            [.. headers, new("Host", "examplebucket.s3.amazonaws.com"), new("x-amz-content-sha256", payload), new("x-amz-date", SigV4.Stamp(S3Time))];
        Assert.That(
            S3Signer.Sign(method, "/" + S3Names.EncodeKey(key), query, all, payload, S3Time),
            Is.EqualTo($"AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, SignedHeaders={signedHeaders}, Signature={signature}"));
    }

    private static void AssertSuite(
        string method, string path, IEnumerable<KeyValuePair<string, string>> query, KeyValuePair<string, string>[] headers,
        string signedHeaders, string signature)
    {
        KeyValuePair<string, string>[] all = [.. headers, new("Host", "example.amazonaws.com"), new("X-Amz-Date", "20150830T123600Z")];
        Assert.That(
            SuiteSigner.Sign(method, S3Names.EncodeKey(path), query, all, SigV4.EmptyPayload, SuiteTime),
            Is.EqualTo($"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders={signedHeaders}, Signature={signature}"));
    }
}
