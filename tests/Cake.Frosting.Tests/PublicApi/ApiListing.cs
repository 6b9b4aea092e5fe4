using System.Reflection;

namespace Cake.Frosting.Tests.PublicApi;

/// <summary>Prints the public API of an assembly in the form of frosting-api.txt: a line per type, its members below it.</summary>
public static class ApiListing
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static ILookup<string, string> Of(Assembly assembly) =>
        assembly.GetExportedTypes()
            .SelectMany(type => Members(type).Prepend(string.Empty).Select(member => (Type: Header(type), Member: member)))
            .ToLookup(line => line.Type, line => line.Member);

    /// <summary>Reads such a text; each type also has one empty member, so that a type without any is seen.</summary>
    public static ILookup<string, string> Read(IEnumerable<string> lines)
    {
        var header = string.Empty;
        var members = new List<(string Type, string Member)>();
        foreach (var line in lines.Where(line => line.Length > 0))
        {
            if (!line.StartsWith(' '))
                header = line;
            members.Add((header, line.StartsWith(' ') ? line.Trim() : string.Empty));
        }

        return members.ToLookup(line => line.Type, line => line.Member);
    }

    private static string Header(Type type)
    {
        var kind = type.IsInterface ? "interface"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class" : "class";
        var inherited = type.BaseType?.GetInterfaces() ?? [];
        var bases = type.GetInterfaces().Except(inherited).Select(Name).Order(StringComparer.Ordinal).ToList();
        if (type.BaseType is { } parent && parent != typeof(object))
            bases.Insert(0, Name(parent));
        var ancestry = bases.Count == 0 ? string.Empty : $" : {string.Join(", ", bases)}";
        return $"{Usage(type)}{kind} Cake.Frosting.{Name(type)}{ancestry}{Constraints(type.GetGenericArguments())}";
    }

    private static string Usage(Type type)
    {
        if (type.CustomAttributes.FirstOrDefault(data => data.AttributeType == typeof(AttributeUsageAttribute)) is not { } usage)
            return string.Empty;
        var named = usage.NamedArguments.Select(argument => $"{argument.MemberName}=({argument.TypedValue.ArgumentType.Name}){argument.TypedValue.Value}");
        return $"[Usage({string.Join(", ", usage.ConstructorArguments.Select(argument => argument.ToString()).Concat(named))})] ";
    }

    private static IEnumerable<string> Members(Type type)
    {
        var constructors = type.GetConstructors(Declared).Where(IsVisible)
            .Select(constructor => $"{Access(constructor)} {type.Name.Split('`')[0]}({Parameters(constructor)})");
        var properties = type.GetProperties(Declared).Where(property => IsVisible(property.GetMethod!))
            .Select(property => $"{Access(property.GetMethod!)} {Name(property.PropertyType)} {property.Name} {{ get;{(property.SetMethod is { } set && IsVisible(set) ? " set;" : string.Empty)} }}");
        var methods = type.GetMethods(Declared).Where(method => IsVisible(method) && !method.IsSpecialName).Select(Method);
        return constructors.Concat(properties).Concat(methods);
    }

    private static string Method(MethodInfo method)
    {
        var modifier = method.IsStatic ? "static "
            : method.DeclaringType!.IsInterface ? string.Empty
            : method.IsAbstract ? "abstract "
            : method is { IsVirtual: true, IsFinal: false } ? "virtual " : string.Empty;
        var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : string.Empty;
        return $"{Access(method)} {modifier}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)}){Constraints(method.GetGenericArguments())}";
    }

    private static string Constraints(IEnumerable<Type> arguments) =>
        string.Concat(arguments.Where(argument => argument.IsGenericParameter).Select(argument =>
        {
            var constraints = argument.GetGenericParameterConstraints().Select(Name).ToList();
            if (argument.GenericParameterAttributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
                constraints.Insert(0, "class");
            return constraints.Count == 0 ? string.Empty : $" where {argument.Name} : {string.Join(", ", constraints)}";
        }));

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Name(Type type) =>
        type == typeof(void) ? "void"
        : type == typeof(string) ? "string"
        : type == typeof(bool) ? "bool"
        : type == typeof(int) ? "int"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;
}
