namespace Cake.Frosting.Sample;

/// <summary>The host knows this attribute by its name: each program brings its own.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class TaskArgumentAttribute(string name, string description) : Attribute
{
    public string Name { get; } = name;

    public string Description { get; } = description;

    public string? ValueName { get; set; }

    public string? Values { get; set; }
}

/// <summary>The host knows this attribute by its name: each program brings its own.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class ExitCodeAttribute(int code, string meaning) : Attribute
{
    public int Code { get; } = code;

    public string Meaning { get; } = meaning;
}
