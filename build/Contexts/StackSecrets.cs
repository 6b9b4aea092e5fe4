using Seidra.Configuration;
using Seidra.Cutover.Steps;
using Seidra.Delivery;

namespace Seidra.Cutover.Contexts;

/// <summary>Fills the environment of a stack: generated secrets, kept ones, and where its data are.</summary>
public sealed class StackSecrets(SeidraSettings settings)
{
    private static readonly string[] Generated = ["JWT_SECRET", "SEIDRA_DEFAULT_USER_PASSWORD", "SEIDRA_WS_TOKEN"];

    /// <summary>Writes what is missing, keeps what is good, and refuses known defaults.</summary>
    /// <exception cref="StepException">A value is a known default or too weak; all of them are named, none is shown.</exception>
    public FilledSecrets Fill(Stack stack)
    {
        var store = new EnvFileSecretStore(stack.EnvFile);
        foreach (var (name, value) in Places(stack))
        {
            store.Set(name, value);
        }

        var missing = Generated.Where(name => store.Get(name) is null).ToList();
        foreach (var name in missing)
        {
            store.Set(name, SecretGenerator.Create());
        }

        Mismatch.Refuse($"The secrets of {stack.Name}", [.. SecretPolicy.Problems(store).Select(problem => problem.ToString())]);
        return new FilledSecrets(store.Names.Count, missing.Count, store.Names.Count - missing.Count);
    }

    /// <summary>Whether the environment holds everything, and nothing weak.</summary>
    public bool IsComplete(Stack stack)
    {
        var store = new EnvFileSecretStore(stack.EnvFile);
        return Places(stack).All(place => store.Get(place.Name) == place.Value)
            && Generated.All(name => store.Get(name) is not null)
            && SecretPolicy.Problems(store).Count == 0;
    }

    private IEnumerable<(string Name, string Value)> Places(Stack stack)
    {
        var ultimate = settings.Ultimate;
        yield return ("SEIDRA_DATABASE_URL", DatabaseUrl(ultimate.Database));
        yield return ("SEIDRA_PORT", stack.Url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (ultimate.Media.Directory is { } directory)
        {
            yield return ("SEIDRA_MEDIA_DIR", directory);
        }

        if (ultimate.Media.Bucket is { AccessKey: { } access, SecretKey: { } secret } bucket)
        {
            yield return ("SEIDRA_MINIO_ENDPOINT", bucket.Endpoint!);
            yield return ("SEIDRA_MINIO_BUCKET", new Uri(bucket.Url).Host);
            yield return ("SEIDRA_MINIO_ACCESS_KEY", access.Reveal());
            yield return ("SEIDRA_MINIO_SECRET_KEY", secret.Reveal());
        }
    }

    // The backend's ORM needs the driver in the scheme, and the password in the URL; the file is 0600.
    private static string DatabaseUrl(DatabaseSettings database)
    {
        if (!database.Url.StartsWith("postgres", StringComparison.Ordinal))
        {
            return database.Url;
        }

        var url = new UriBuilder(database.Url) { Scheme = "postgresql+psycopg" };
        url.Password = database.Password is { } password ? Uri.EscapeDataString(password.Reveal()) : "";
        return url.Uri.OriginalString.Length > 0 ? url.ToString() : database.Url;
    }
}
