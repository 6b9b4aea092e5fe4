using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Seidra.Database;

/// <summary>Makes rules of a map's nodes.</summary>
internal static class MapReader
{
    private const string Version = "1";

    public static IReadOnlyList<TableRule> Read(YamlMappingNode root, MapProblems problems)
    {
        var map = new MapNode(root, problems);
        map.Allow("version", "tables");
        if (map.Text("version") != Version)
            map.Problem($"'version' needs {Version}, the version of the map's format.", "version");
        var tables = map.Mapping("tables")?.Entries().Select(entry => Table(entry.Name, entry.Node)).ToList() ?? [];
        if (tables.Count == 0)
            map.Problem("'tables' needs at least one table.", "tables");
        CheckReferences(map, tables);
        return tables;
    }

    private static TableRule Table(string target, MapNode node)
    {
        node.Allow("from", "key", "columns", "extrasInto", "extras", "derive");
        var columns = node.Mapping("columns")?.Entries().Select(entry => Column(entry.Name, entry.Node)).ToList() ?? [];
        var extrasInto = node.Text("extrasInto");
        var extras = node.Mapping("extras")?.Entries().Select(entry => Extra(entry.Name, entry.Node)).ToList() ?? [];
        var key = Key(target, node);
        if (node.List("from").Count == 0)
            node.Problem($"table '{target}' needs 'from', the names it may have in Classic.");
        if ((extras.Count > 0 || key.KeepAs is not null) && extrasInto is null)
            node.Problem($"table '{target}' keeps extras and needs 'extrasInto', the JSON column that keeps them.");
        if (extrasInto is not null && !columns.Any(column => column.To == extrasInto && column.Convert == "json-object"))
            node.Problem($"'extrasInto' of table '{target}' needs a column converted by json-object, not '{extrasInto}'.", "extrasInto");
        return new TableRule(target, node.List("from"), key, columns, extrasInto, extras, Derive(node));
    }

    private static KeyRule Key(string target, MapNode table)
    {
        if (table.Mapping("key") is not { } node)
        {
            table.Problem($"table '{target}' needs 'key'.");
            return new KeyRule([], KeyKind.Text, [], null);
        }

        node.Allow("from", "as", "reserved", "keepAs");
        var reserved = new List<long>();
        foreach (var text in node.List("reserved"))
        {
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                reserved.Add(number);
            else
                node.Problem($"'reserved' needs whole numbers, not '{text}'.", "reserved");
        }

        if (node.List("from").Count == 0)
            node.Problem($"the key of table '{target}' needs 'from'.");
        return new KeyRule(node.List("from"), node.Choice("as", KeyKind.Text), reserved, node.Text("keepAs"));
    }

    private static ColumnRule Column(string to, MapNode node)
    {
        node.Allow("from", "convert", "max", "overflow", "default", "fallback", "required", "noted", "reference", "unique", "any", "values", "settle");
        var rule = new ColumnRule(to, node.List("from"))
        {
            Convert = node.Text("convert") ?? "text",
            Max = node.Number("max"),
            Overflow = node.Choice("overflow", Overflow.Quarantine),
            Default = node.Text("default"),
            Fallback = node.List("fallback"),
            Required = node.Flag("required"),
            Noted = node.Flag("noted"),
            Reference = node.Text("reference"),
            Unique = node.Choice("unique", Uniqueness.None),
            Any = node.Flag("any"),
            Values = node.Pairs("values"),
            Settle = node.Pairs("settle"),
        };
        if (Converters.Find(rule.Convert) is not { } converter)
            node.Problem($"'{rule.Convert}' is no converter; known are {string.Join(", ", Converters.Names)}.", "convert");
        else if (rule.Reference is null && rule.Default is { } text && !converter.Accepts(text))
            node.Problem($"the default '{text}' of '{to}' is no value that {rule.Convert} accepts.", "default");
        return rule;
    }

    private static ExtraRule Extra(string key, MapNode node)
    {
        node.Allow("from", "reference");
        if (node.List("from").Count == 0)
            node.Problem($"the extra '{key}' needs 'from'.");
        return new ExtraRule(key, node.List("from"), node.Text("reference"));
    }

    private static DeriveRule? Derive(MapNode table)
    {
        if (table.Mapping("derive") is not { } node)
            return null;
        node.Allow("from", "when", "owner", "set");
        var missing = new[] { "from", "when", "owner", "set" }.Where(key => node.Text(key) is null).ToList();
        if (missing.Count > 0)
            node.Problem($"'derive' needs {string.Join(", ", missing)}.");
        return missing.Count > 0 ? null : new DeriveRule(node.Text("from")!, node.Text("when")!, node.Text("owner")!, node.Text("set")!);
    }

    private static void CheckReferences(MapNode map, List<TableRule> tables)
    {
        foreach (var (name, node) in map.Mapping("tables")?.Entries() ?? [])
        {
            var table = tables.FindIndex(rule => rule.Target == name);
            foreach (var (key, extra) in node.Mapping("extras")?.Entries() ?? [])
                CheckParent(extra, tables[table].Extras.First(rule => rule.Key == key).Reference, name, tables);
            foreach (var (to, column) in node.Mapping("columns")?.Entries() ?? [])
            {
                var rule = tables[table].Columns.First(rule => rule.To == to);
                // Parents are moved before children: their rows must stand before a row may point to them.
                if (CheckParent(column, rule.Reference, name, tables) >= table)
                    column.Problem($"table '{name}' refers to '{rule.Reference}', which must stand before it in the map.", "reference");
                foreach (var fallback in rule.Fallback.Where(other => !tables[table].Columns.Any(column => column.To == other)))
                    column.Problem($"a fallback of table '{name}' names '{fallback}', which is no column of it.", "fallback");
            }
        }
    }

    /// <summary>The place of the table referred to; -1 where there is none.</summary>
    private static int CheckParent(MapNode node, string? parent, string table, List<TableRule> tables)
    {
        var place = parent is null ? -1 : tables.FindIndex(rule => rule.Target == parent);
        if (parent is not null && place < 0)
            node.Problem($"table '{table}' refers to '{parent}', which is no table of the map.", "reference");
        return place;
    }
}
