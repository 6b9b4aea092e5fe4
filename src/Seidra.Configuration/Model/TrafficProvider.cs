namespace Seidra.Configuration;

/// <summary>What switches traffic.</summary>
public enum TrafficProvider
{
    /// <summary>Nothing: the line stays pending.</summary>
    None,

    /// <summary>A front door with the administration interface of this program.</summary>
    Door,
}
