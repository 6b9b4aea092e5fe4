namespace Seidra.Sandbox.Machines;

/// <summary>A program that serves S3 on this host.</summary>
internal interface IS3Machine
{
    /// <summary>The address it serves on, without a trailing slash.</summary>
    string Endpoint { get; }

    /// <summary>The file (mode 0600) with the access key.</summary>
    string AccessKeyFile { get; }

    /// <summary>The file (mode 0600) with the secret key.</summary>
    string SecretKeyFile { get; }

    /// <summary>A user with keys of their own; the same one again where the name is known already.</summary>
    Task<S3User> CreateUserAsync(string name, CancellationToken ct);

    /// <summary>Ends it in order; its objects stay.</summary>
    Task StopAsync();
}
