using System.Reflection;

namespace Cake.Frosting.Internal;

/// <summary>
/// Reads the options and exit codes that a program declares by attributes of its own: <c>TaskArgumentAttribute(string name,
/// string description)</c> with the optional properties <c>ValueName</c> and <c>Values</c> ("a|b|c"), and
/// <c>ExitCodeAttribute(int code, string meaning)</c>.
/// </summary>
/// <remarks>They are known by name alone, so that the hosting API stays exactly the official one.</remarks>
internal static class DeclaredOptions
{
    public static IEnumerable<OptionSpec> Of(Type type, string? task) =>
        from attribute in Named(type, "TaskArgumentAttribute")
        where attribute.ConstructorArguments is [{ Value: string }, { Value: string }]
        let property = attribute.NamedArguments.ToDictionary(argument => argument.MemberName, argument => argument.TypedValue.Value as string)
        select new OptionSpec((string)attribute.ConstructorArguments[0].Value!, (string)attribute.ConstructorArguments[1].Value!)
        {
            ValueName = property.GetValueOrDefault("ValueName") is { Length: > 0 } name ? name : null,
            Values = property.GetValueOrDefault("Values")?.Split('|', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Task = task,
        };

    public static IEnumerable<(int Code, string Meaning)> ExitCodesOf(Type type) =>
        from attribute in Named(type, "ExitCodeAttribute")
        where attribute.ConstructorArguments is [{ Value: int }, { Value: string }]
        select ((int)attribute.ConstructorArguments[0].Value!, (string)attribute.ConstructorArguments[1].Value!);

    private static IEnumerable<CustomAttributeData> Named(Type type, string attribute)
    {
        for (var current = type; current is not null && current != typeof(object); current = current.BaseType)
        {
            foreach (var data in current.CustomAttributes)
            {
                if (data.AttributeType.Name == attribute)
                    yield return data;
            }
        }
    }
}
