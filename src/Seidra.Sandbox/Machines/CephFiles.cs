using System.Globalization;

namespace Seidra.Sandbox.Machines;

/// <summary>A gateway's files below one directory, and the ports it keeps.</summary>
internal sealed class CephFiles
{
    public const string ConfigurationName = "ceph.conf";

    private const string Users = "users";

    // The gateway, the monitor's two protocols, and eight addresses of the store with a few to spare.
    private const int PortCount = 16;
    private const long StoreBytes = 32L << 30;

    private CephFiles(string directory, int firstPort)
    {
        Directory = directory;
        Port = firstPort;
    }

    public string Directory { get; }

    /// <summary>The gateway's port; the monitor's and the store's follow it.</summary>
    public int Port { get; }

    public string MonitorAddresses => $"[v2:127.0.0.1:{Port + 1},v1:127.0.0.1:{Port + 2}]";

    public string Configuration => At(ConfigurationName);

    public string AccessKeyFile => At("access-key");

    public string SecretKeyFile => At("secret-key");

    /// <summary>Stands once the cluster was made to its end.</summary>
    public string Complete => At("complete");

    /// <summary>The files of an earlier start, or an empty place for a new cluster.</summary>
    public static CephFiles Open(string directory)
    {
        var complete = new CephFiles(directory, 0).Complete;
        if (File.Exists(complete))
            return new CephFiles(directory, int.Parse(File.ReadAllText(complete), CultureInfo.InvariantCulture));
        var fresh = new CephFiles(directory, FreePorts.Next(PortCount));
        foreach (var remains in new[] { "mon", "osd", "run", "log", "rgw", Users }.Select(fresh.At).Where(System.IO.Directory.Exists))
            System.IO.Directory.Delete(remains, recursive: true);
        // The keys of a cluster that is gone open nothing in the new one.
        File.Delete(fresh.AccessKeyFile);
        File.Delete(fresh.SecretKeyFile);
        return fresh;
    }

    /// <summary>Where the keys of a further user lie.</summary>
    public string UserFolder(string name) => At(Path.Combine(Users, name));

    public string At(string name) => Path.Combine(Directory, name);

    public string Log(string daemon) => At(Path.Combine("log", daemon + ".out"));

    /// <summary>Writes the configuration and the folders it names.</summary>
    public void Prepare(Guid cluster)
    {
        foreach (var folder in new[] { "mon", "osd", "run", "log", "rgw" })
            System.IO.Directory.CreateDirectory(At(folder));
        using var template = new StreamReader(typeof(CephFiles).Assembly.GetManifestResourceStream(ConfigurationName)!);
        File.WriteAllText(Configuration, template.ReadToEnd()
            .Replace("{fsid}", cluster.ToString(), StringComparison.Ordinal)
            .Replace("{monV2}", $"{Port + 1}", StringComparison.Ordinal)
            .Replace("{monV1}", $"{Port + 2}", StringComparison.Ordinal)
            .Replace("{osdFirst}", $"{Port + 3}", StringComparison.Ordinal)
            .Replace("{osdLast}", $"{Port + PortCount - 1}", StringComparison.Ordinal)
            .Replace("{storeBytes}", $"{StoreBytes}", StringComparison.Ordinal));
        File.WriteAllText(At("keyring"), "");
    }

    /// <summary>Marks the cluster as whole.</summary>
    public void Seal() => File.WriteAllText(Complete, $"{Port}");
}
