namespace Seidra.Configuration;

/// <summary>Rules between keys. Sections are always there; a value may be null where it already has a problem.</summary>
internal sealed class CrossRules(IReadOnlyDictionary<string, Origin> origins, ProblemList problems)
{
    public void Check(SeidraSettings settings)
    {
        Database("classic.database", settings.Classic.Database.Url, settings.Classic.Database.Password);
        Database("ultimate.database", settings.Ultimate.Database.Url, settings.Ultimate.Database.Password);
        Store("classic.media", settings.Classic.Media);
        UltimateMedia(settings.Ultimate.Media);
        Sides(settings);
        Runtime("staging", settings.Staging.Runtime, settings.Staging.Command);
        Runtime("production", settings.Production.Runtime, settings.Production.Command);
        Traffic(settings.Traffic);
        if (settings.Freeze.LockTimeoutMs >= settings.Freeze.DeadlineSeconds * 1000)
            Add("freeze.lockTimeoutMs", $"expected less than freeze.deadlineSeconds ({settings.Freeze.DeadlineSeconds} s), found {settings.Freeze.LockTimeoutMs} ms");
    }

    private void Database(string key, string? url, Secret? password)
    {
        if (password is not null && IsSqlite(url))
            Add(key + ".password", "expected none, since SQLite has no password, found one; leave the key out");
    }

    private void Store(string key, StoreSettings store)
    {
        if (store.Url?.StartsWith("s3:", StringComparison.OrdinalIgnoreCase) == true)
        {
            Need(key + ".endpoint", store.Endpoint, "the address of the S3 server, such as http://minio:9000");
            Need(key + ".accessKey", store.AccessKey, "a reference such as ${NAME}, since the store is an S3 bucket");
            Need(key + ".secretKey", store.SecretKey, "a reference such as ${NAME}, since the store is an S3 bucket");
        }
        else if (store.Url is not null)
        {
            foreach (var (name, value) in new (string, object?)[] { ("endpoint", store.Endpoint), ("accessKey", store.AccessKey), ("secretKey", store.SecretKey) })
                if (value is not null)
                    Add($"{key}.{name}", "expected none, since the store is a directory, found one; leave the key out or use s3://bucket");
        }
    }

    private void UltimateMedia(UltimateMediaSettings media)
    {
        if (media.Bucket is not null)
            Store("ultimate.media.bucket", media.Bucket);
        if (media.Bucket is null && media.Directory is null)
            Add("ultimate.media", "expected bucket, directory or both, found neither; the backend serves its media from the directory");
    }

    private void Sides(SeidraSettings settings)
    {
        if (settings.Classic.Database.Url is { } source && Same(source, settings.Ultimate.Database.Url))
            Add("ultimate.database.url", "expected another database than Classic's, found the same");
        if (SameStore(settings.Classic.Media, settings.Ultimate.Media.Bucket) && !problems.Concerns("classic.media") && !problems.Concerns("ultimate.media"))
            Add("ultimate.media.bucket.url", "expected another store than Classic's, found the same");
        if (settings.Classic.Media.Url is { } media && settings.Ultimate.Media.Directory is { } directory && Same(media, "file://" + directory))
            Add("ultimate.media.directory", "expected another directory than Classic's media, found the same");
        if (settings.Ultimate.Database.Url is { } target && !IsSqlite(target) && target.Split('?')[0].EndsWith("/" + settings.Ultimate.Database.Scratch, StringComparison.Ordinal))
            Add("ultimate.database.scratch", "expected another database than Ultimate's own, since the restore drill drops it, found the same");
    }

    private void Runtime(string key, RuntimeKind runtime, IReadOnlyList<string> command)
    {
        if (runtime == RuntimeKind.Process && command.Count == 0)
            Add(key + ".command", $"expected program and arguments, since {key}.runtime is process, found none");
    }

    private void Traffic(TrafficSettings traffic)
    {
        if (traffic.Provider != TrafficProvider.Door)
            return;
        Need("traffic.url", traffic.Url, "the address of the front door, since traffic.provider is door");
        Need("traffic.adminUrl", traffic.AdminUrl, "the address of its administration, since traffic.provider is door");
        Need("traffic.adminToken", traffic.AdminToken, "a reference such as ${NAME}, since traffic.provider is door");
    }

    private void Need(string key, object? value, string expected)
    {
        if (value is null)
            Add(key, $"expected {expected}, found none");
    }

    private void Add(string key, string message)
    {
        if (problems.Concerns(key))
            return;
        // A key that is not there is told at the line of the section that lacks it.
        var place = key;
        while (!origins.ContainsKey(place) && place.Contains('.'))
            place = place[..place.LastIndexOf('.')];
        problems.Add(origins.GetValueOrDefault(place), key, message);
    }

    private static bool IsSqlite(string? url) => url?.StartsWith("sqlite:", StringComparison.OrdinalIgnoreCase) == true;

    private static bool SameStore(StoreSettings a, StoreSettings? b) =>
        b is not null && a.Url is not null && Same(a.Url, b.Url) && Same(a.Endpoint ?? "", b.Endpoint ?? "");

    private static bool Same(string a, string? b) =>
        string.Equals(a.Replace("+psycopg", "").TrimEnd('/'), b?.Replace("+psycopg", "").TrimEnd('/'), StringComparison.Ordinal);
}
