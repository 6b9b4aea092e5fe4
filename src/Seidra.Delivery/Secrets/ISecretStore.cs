namespace Seidra.Delivery;

/// <summary>Where Ultimate's secrets live.</summary>
public interface ISecretStore
{
    /// <summary>What the store is, for messages; without secrets.</summary>
    string Display { get; }

    /// <summary>Names that have a value, in the store's order.</summary>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="DeliveryException">The store cannot be read.</exception>
    Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation = default);

    /// <summary>The value, or null where the name has none.</summary>
    /// <param name="name">A name such as JWT_SECRET.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="DeliveryException">The store cannot be read.</exception>
    Task<string?> GetAsync(string name, CancellationToken cancellation = default);

    /// <summary>Sets all the values or none; other names stay as they are.</summary>
    /// <param name="values">Names and values.</param>
    /// <param name="cancellation">Gives up before anything is written.</param>
    /// <exception cref="DeliveryException">The store cannot be written, or cannot hold a value as it is.</exception>
    Task SetAsync(IReadOnlyDictionary<string, string> values, CancellationToken cancellation = default);
}
