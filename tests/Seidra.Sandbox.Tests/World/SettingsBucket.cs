using System.Net;
using System.Text.RegularExpressions;
using Minio;
using Minio.DataModel.Args;

namespace Seidra.Sandbox.Tests.World;

/// <summary>A bucket as a world's settings file describes it.</summary>
internal sealed record SettingsBucket(string Name, string Endpoint, string AccessKeyFile, string SecretKeyFile)
{
    private static readonly Regex Described = new(
        @"url: ""s3://(.+)""\s+endpoint: ""(.+)""\s+region: "".+""\s+accessKey: ""file:(.+)""\s+secretKey: ""file:(.+)""");

    /// <summary>The file's buckets, Classic's first.</summary>
    public static async Task<IReadOnlyList<SettingsBucket>> ReadAsync(string settingsFile) =>
        [.. Described.Matches(await File.ReadAllTextAsync(settingsFile)).Select(match =>
            new SettingsBucket(match.Groups[1].Value, match.Groups[2].Value, match.Groups[3].Value, match.Groups[4].Value))];

    /// <summary>What the server answers when this one's keys ask for an object of a bucket.</summary>
    public async Task<HttpStatusCode> GetAsync(string bucket, string key)
    {
        using var signer = new MinioClient().WithEndpoint(new Uri(Endpoint).Authority)
            .WithCredentials((await File.ReadAllTextAsync(AccessKeyFile)).Trim(), (await File.ReadAllTextAsync(SecretKeyFile)).Trim()).WithRegion("us-east-1").Build();
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri(await signer.PresignedGetObjectAsync(new PresignedGetObjectArgs().WithBucket(bucket).WithObject(key).WithExpiry(60))));
        return response.StatusCode;
    }
}
