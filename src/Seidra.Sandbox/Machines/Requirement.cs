namespace Seidra.Sandbox.Machines;

/// <summary>Programs that a server needs, and where they come from.</summary>
/// <param name="What">What they are, for people.</param>
/// <param name="Packages">The Debian packages that bring them.</param>
/// <param name="IsPresent">Looks whether they are installed.</param>
/// <param name="WhileInstalling">What holds on this host while they are being installed and is given back afterwards; null for nothing.</param>
public sealed record Requirement(string What, IReadOnlyList<string> Packages, Func<bool> IsPresent, Func<IDisposable>? WhileInstalling = null)
{
    /// <summary>PostgreSQL 15 or later, server and clients.</summary>
    public static Requirement Postgres { get; } =
        new("PostgreSQL 15 or later", ["postgresql"], () => PostgresBinaries.Find() is not null, () => new NoMainCluster());

    /// <summary>Ceph's RADOS Gateway with what it stands on.</summary>
    public static Requirement CephGateway { get; } = new(
        "Ceph's RADOS Gateway",
        ["ceph-base", "ceph-common", "ceph-mon", "ceph-osd", "radosgw"],
        () => new[] { "ceph", "ceph-mon", "ceph-osd", "monmaptool", "radosgw", "radosgw-admin" }.All(program => Programs.Find(program) is not null));

    /// <summary>What a person types to get them.</summary>
    public string Remedy => $"sudo apt-get install {string.Join(' ', Packages)}";
}
