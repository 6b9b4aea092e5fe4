namespace Seidra.Configuration;

/// <summary>Names the key whose value counts where this one is not given.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DefaultsToAttribute(string key) : Attribute
{
    public string Key => key;
}
