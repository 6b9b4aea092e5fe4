using System.Reflection;

namespace Seidra.Configuration;

/// <summary>One key of the settings, derived from its property: the records are the only list of keys.</summary>
internal sealed class ModelKey
{
    private static readonly NullabilityInfoContext Nullability = new();

    public ModelKey(PropertyInfo property, object defaults)
    {
        Property = property;
        Name = ModelNames.Camel(property.Name);
        lock (Nullability)
            Nullable = Nullability.Create(property).ReadState == NullabilityState.Nullable;
        Required = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute));
        Default = property.GetValue(defaults);
        Rules = [.. property.GetCustomAttributes<RuleAttribute>()];
        DefaultsTo = property.GetCustomAttribute<DefaultsToAttribute>()?.Key;
        Kind = KindOf(property.PropertyType);
        Section = Kind == ModelKind.Section ? new ModelSection(property.PropertyType) : null;
    }

    public PropertyInfo Property { get; }

    /// <summary>The key as it is written.</summary>
    public string Name { get; }

    public ModelKind Kind { get; }

    /// <summary>The keys inside, for a section.</summary>
    public ModelSection? Section { get; }

    /// <summary>Whether null is a meaningful value.</summary>
    public bool Nullable { get; }

    public bool Required { get; }

    public object? Default { get; }

    /// <summary>Another key that gives the default.</summary>
    public string? DefaultsTo { get; }

    public IReadOnlyList<RuleAttribute> Rules { get; }

    private static ModelKind KindOf(Type type) => type switch
    {
        _ when type == typeof(string) => ModelKind.Text,
        _ when type == typeof(int) => ModelKind.Integer,
        _ when type == typeof(double) => ModelKind.Number,
        _ when type == typeof(bool) => ModelKind.Flag,
        _ when type == typeof(Secret) => ModelKind.Secret,
        _ when type == typeof(IReadOnlyList<string>) => ModelKind.List,
        { IsEnum: true } => ModelKind.Choice,
        _ => ModelKind.Section,
    };
}
