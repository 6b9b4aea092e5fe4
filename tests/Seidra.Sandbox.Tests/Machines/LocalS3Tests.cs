using System.Net;
using Minio;
using Minio.DataModel.Args;
using Minio.Exceptions;
using Seidra.Sandbox.Machines;

namespace Seidra.Sandbox.Tests.Machines;

public sealed class LocalS3Tests
{
    private string directory = "";

    [SetUp]
    public void MakeDirectory() => directory = Directory.CreateTempSubdirectory("seidra-s3-l’été de René ").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(directory, recursive: true);

    [Test]
    public async Task Objects_keys_and_port_survive_a_restart_and_wrong_keys_are_refused()
    {
        var lines = new List<string>();
        (string, string, string) identity;
        await using (var first = await LocalS3.StartAsync(directory, lines.Add))
        {
            identity = (first.Endpoint, first.AccessKey, first.SecretKey);
            await first.CreateBucketAsync("seidra-media");
            await first.CreateBucketAsync("seidra-media");
            await PutAsync(first, "images/é 1.png", "contenu");
        }

        await using var second = await LocalS3.StartAsync(directory, lines.Add);
        Assert.That((second.Endpoint, second.AccessKey, second.SecretKey), Is.EqualTo(identity));
        Assert.That(await GetAsync(second, "images/é 1.png"), Is.EqualTo("contenu"));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(second.SecretKeyFile), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(lines, Has.None.Contains(second.SecretKey));
        TestContext.Out.WriteLine(string.Join('\n', lines));

        Assert.That(await PresignedAsync(second, second.SecretKey), Is.EqualTo((HttpStatusCode.OK, "contenu")));
        var (status, body) = await PresignedAsync(second, "wrong");
        Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(body, Does.Contain("SignatureDoesNotMatch"));
    }

    [Test]
    public async Task Each_user_has_keys_that_open_their_own_bucket_and_are_refused_on_the_others()
    {
        (string, string) keys;
        await using (var server = await LocalS3.StartAsync(directory))
        {
            var ultimate = await server.CreateUserAsync("ultimate");
            keys = (ultimate.AccessKey, ultimate.SecretKey);
            Assert.That(keys, Is.Not.EqualTo((server.AccessKey, server.SecretKey)));
            await server.CreateBucketAsync("classic");
            await ultimate.CreateBucketAsync("ultimate");
            await ultimate.CreateBucketAsync("ultimate");
            Assert.That(async () => await ultimate.CreateBucketAsync("classic"), Throws.TypeOf<SandboxException>());
            // What a start that was cut between the gateway and the files leaves: the user is there, its keys are not.
            File.Delete(ultimate.SecretKeyFile);
            var again = await server.CreateUserAsync("ultimate");
            Assert.That((again.AccessKey, again.SecretKey), Is.EqualTo(keys));
        }

        await using var restarted = await LocalS3.StartAsync(directory);
        var user = await restarted.CreateUserAsync("ultimate");
        Assert.That((user.AccessKey, user.SecretKey), Is.EqualTo(keys));
        using var classic = restarted.Client();
        using var second = user.Client();
        foreach (var (client, own, other) in new[] { (classic, "classic", "ultimate"), (second, "ultimate", "classic") })
        {
            Assert.That(await StatusesAsync(client, own), Is.EqualTo(Enumerable.Repeat(HttpStatusCode.OK, 2)), $"put and get in {own} by its owner");
            Assert.That(await StatusesAsync(client, other), Is.EqualTo(Enumerable.Repeat(HttpStatusCode.Forbidden, 2)), $"put and get in {other} with {own}'s keys");
            Assert.That(async () => await client.BucketExistsAsync(new BucketExistsArgs().WithBucket(other)), Throws.InstanceOf<MinioException>());
        }

        if (!OperatingSystem.IsWindows())
        {
            Assert.That(
                new[] { user.AccessKeyFile, user.SecretKeyFile }.Select(File.GetUnixFileMode),
                Is.All.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }

        Assert.That(async () => await restarted.CreateUserAsync("../elsewhere"), Throws.TypeOf<SandboxException>());
    }

    private static async Task<HttpStatusCode[]> StatusesAsync(IMinioClient signer, string bucket)
    {
        using var http = new HttpClient();
        using var content = new StringContent("contenu");
        using var put = await http.PutAsync(new Uri(await signer.PresignedPutObjectAsync(new PresignedPutObjectArgs().WithBucket(bucket).WithObject("é 1.png").WithExpiry(60))), content);
        using var get = await http.GetAsync(new Uri(await signer.PresignedGetObjectAsync(new PresignedGetObjectArgs().WithBucket(bucket).WithObject("é 1.png").WithExpiry(60))));
        return [put.StatusCode, get.StatusCode];
    }

    private static async Task<(HttpStatusCode Status, string Body)> PresignedAsync(LocalS3 server, string secretKey)
    {
        using var signer = new MinioClient().WithEndpoint(new Uri(server.Endpoint).Authority).WithCredentials(server.AccessKey, secretKey).WithRegion(server.Region).Build();
        var url = await signer.PresignedGetObjectAsync(new PresignedGetObjectArgs().WithBucket("seidra-media").WithObject("images/é 1.png").WithExpiry(60));
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri(url));
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task PutAsync(LocalS3 server, string key, string content)
    {
        using var client = server.Client();
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content));
        await client.PutObjectAsync(new PutObjectArgs().WithBucket("seidra-media").WithObject(key).WithStreamData(stream).WithObjectSize(stream.Length));
    }

    private static async Task<string> GetAsync(LocalS3 server, string key)
    {
        using var client = server.Client();
        using var content = new MemoryStream();
        await client.GetObjectAsync(new GetObjectArgs().WithBucket("seidra-media").WithObject(key)
            .WithCallbackStream((stream, ct) => stream.CopyToAsync(content, ct)));
        return System.Text.Encoding.UTF8.GetString(content.ToArray());
    }
}
