using System.Globalization;

namespace Seidra.Configuration;

/// <summary>Single values and lists: text to the type of the key, then the rules of the key.</summary>
internal sealed class ScalarBinder(SecretResolver secrets, ProblemList problems)
{
    /// <summary>The value; null where there is a problem, which is told.</summary>
    public object? Bind(ModelKey key, string path, Node node)
    {
        var (value, problem) = key.Kind == ModelKind.List ? List(node) : Single(key, node);
        if (problem is null && value is not null)
            problem = key.Rules.Select(r => r.Check(value)).FirstOrDefault(p => p is not null);
        if (problem is null)
            return value is string text && key.Rules.OfType<LocalPathAttribute>().Any() ? Path.GetFullPath(text, node.Origin.BaseDirectory) : value;
        problems.Add(node.Origin, path, problem);
        return null;
    }

    private (object? Value, string? Problem) Single(ModelKey key, Node node)
    {
        if (node is not ScalarNode scalar)
            return (null, $"expected {Expected(key)}, found {node.Name}");
        if (key.Kind == ModelKind.Secret)
            return (secrets.Resolve(scalar.Text, node.Origin.BaseDirectory, out var problem), problem);
        return key.Kind switch
        {
            ModelKind.Text => Text(scalar.Text),
            ModelKind.Choice => Choice(key, scalar.Text),
            _ when scalar.Quoted => (null, $"expected {Expected(key)}, found a text in quotes; write it without them"),
            ModelKind.Integer when int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => (number, null),
            ModelKind.Number when double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => (number, null),
            ModelKind.Flag when bool.TryParse(scalar.Text, out var flag) => (flag, null),
            _ => (null, $"expected {Expected(key)}, found {Quote.Text(scalar.Text)}"),
        };
    }

    private static (object? Value, string? Problem) Text(string text) => text switch
    {
        "" => (null, "expected a text, found an empty one; leave the key out or write null"),
        _ when text.Any(char.IsControl) => (null, "expected a text of one line, found control characters"),
        _ => (text, null),
    };

    private static (object? Value, string? Problem) Choice(ModelKey key, string text)
    {
        var choices = ModelNames.Choices(key.Property.PropertyType);
        if (choices.TryGetValue(text, out var value))
            return (value, null);
        var nearest = Nearest.Of(text, choices.Keys);
        return (null, $"expected {Expected(key)}, found {Quote.Text(text)}" + (nearest is null ? "" : $" (did you mean '{nearest}'?)"));
    }

    private static (object? Value, string? Problem) List(Node node)
    {
        if (node is not ListNode list)
            return (null, $"expected a list such as [first, second], found {node.Name}");
        var items = new List<string>();
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i] is not ScalarNode { IsNull: false } item)
                return (null, $"expected texts in the list, found {(list.Items[i] is ScalarNode ? "nothing" : list.Items[i].Name)} as number {i + 1}");
            if (item.Text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')))
                return (null, $"expected texts in the list, found control characters in number {i + 1}");
            items.Add(item.Text);
        }
        return (items.AsReadOnly(), null);
    }

    private static string Expected(ModelKey key) => key.Kind switch
    {
        ModelKind.Integer => "a whole number",
        ModelKind.Number => "a number",
        ModelKind.Flag => "true or false",
        ModelKind.Choice => "one of " + string.Join(", ", ModelNames.Choices(key.Property.PropertyType).Keys),
        ModelKind.Secret => "a reference such as ${NAME} or file:/path",
        _ => "a text",
    };
}
