using System.Net;
using Minio;
using Minio.DataModel.Args;
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
