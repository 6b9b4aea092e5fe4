using System.Globalization;
using Seidra.Configuration;
using Seidra.Cutover.Steps;
using Seidra.Delivery;

namespace Seidra.Cutover.Contexts;

/// <summary>Fills the environment of a stack: generated secrets, kept ones, and where its data are.</summary>
public sealed class StackSecrets(SeidraSettings settings)
{
    /// <summary>Writes what is missing, keeps what is good, and refuses known defaults.</summary>
    /// <exception cref="StepException">A value is a known default or too weak; all of them are named, none is shown.</exception>
    public async Task<FilledSecrets> FillAsync(Stack stack, CancellationToken cancellation)
    {
        var values = await ReadAsync(stack, cancellation);
        var missing = SecretPolicy.Rules
            .Where(rule => rule is { Required: true, Kind: SecretKind.Generated } && !values.ContainsKey(rule.Name))
            .Select(rule => rule.Name)
            .ToList();
        var changes = Places(stack).Concat(missing.Select(name => (name, SecretGenerator.Generate()))).ToDictionary();
        foreach (var (name, value) in changes)
        {
            values[name] = value;
        }

        Mismatch.Refuse($"The secrets of {stack.Name}", [.. SecretPolicy.Check(values).Select(problem => problem.Message)]);
        await StoreOf(stack).SetAsync(changes, cancellation);
        return new FilledSecrets(values.Count, missing.Count, values.Count - missing.Count);
    }

    /// <summary>Whether the environment holds everything, and nothing weak.</summary>
    public async Task<bool> IsCompleteAsync(Stack stack, CancellationToken cancellation)
    {
        var values = await ReadAsync(stack, cancellation);
        return SecretPolicy.Check(values).Count == 0 && Places(stack).All(place => values.GetValueOrDefault(place.Name) == place.Value);
    }

    private static EnvFileSecretStore StoreOf(Stack stack) => new(stack.EnvFile);

    private static async Task<Dictionary<string, string>> ReadAsync(Stack stack, CancellationToken cancellation)
    {
        var store = StoreOf(stack);
        var values = new Dictionary<string, string>();
        foreach (var name in await store.NamesAsync(cancellation))
        {
            values[name] = (await store.GetAsync(name, cancellation))!;
        }

        return values;
    }

    private IEnumerable<(string Name, string Value)> Places(Stack stack)
    {
        var ultimate = settings.Ultimate;
        yield return ("SEIDRA_DATABASE_URL", DatabaseUrl(ultimate.Database));
        yield return ("SEIDRA_PORT", stack.Url.Port.ToString(CultureInfo.InvariantCulture));
        if (ultimate.Media.Directory is { } directory)
        {
            yield return ("SEIDRA_MEDIA_DIR", directory);
        }

        if (ultimate.Media.Bucket is { Endpoint: { } endpoint, AccessKey: { } access, SecretKey: { } secret } bucket)
        {
            yield return ("SEIDRA_MINIO_ENDPOINT", endpoint);
            yield return ("SEIDRA_MINIO_BUCKET", new Uri(bucket.Url).Host);
            yield return ("SEIDRA_MINIO_ACCESS_KEY", access.Reveal());
            yield return ("SEIDRA_MINIO_SECRET_KEY", secret.Reveal());
        }
    }

    // The backend's ORM needs the driver in the scheme, and the password in the URL; the file is 0600.
    private static string DatabaseUrl(UltimateDatabaseSettings database)
    {
        if (!database.Url.StartsWith("postgres", StringComparison.Ordinal))
        {
            return database.Url;
        }

        var rest = database.Url[(database.Url.IndexOf("://", StringComparison.Ordinal) + 3)..];
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        var password = database.Password is { } secret ? $":{Uri.EscapeDataString(secret.Reveal())}" : "";
        return $"postgresql+psycopg://{(at < 0 ? rest : $"{rest[..at]}{password}{rest[at..]}")}";
    }
}
