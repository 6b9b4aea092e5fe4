namespace Cake.Frosting.Internal;

/// <summary>What <c>--help</c> prints.</summary>
internal sealed class HelpText(Vocabulary vocabulary, int width)
{
    private const string Indent = "    ";
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines()
    {
        _lines.AddRange(["USAGE:", $"{Indent}{vocabulary.Command} [OPTIONS]", string.Empty]);
        _lines.AddRange(["EXAMPLES:", .. new[] { string.Empty, "--verbosity quiet", "--tree" }.Select(example => $"{Indent}{vocabulary.Command} {example}".TrimEnd())]);
        Section("OPTIONS:", [(string.Empty, "DEFAULT", string.Empty), .. CakeOptions.All.Select(Row)]);
        Section("OPTIONS OF EVERY RUN:", vocabulary.Declared.Where(option => option.Task is null).Select(Row));
        foreach (var group in vocabulary.Declared.Where(option => option.Task is not null).GroupBy(option => option.Task))
            Section($"OPTIONS OF {group.Key}:", group.Select(Row));
        Section("TARGETS:", [("--description", string.Empty, "Lists them"), ("--tree", string.Empty, "Shows what each brings into the run")]);
        Section("EXIT CODES:", vocabulary.ExitCodes.Select(code => ($"{code.Code}", string.Empty, code.Meaning)));
        return _lines;
    }

    private static (string Name, string Default, string Text) Row(OptionSpec option)
    {
        var prefix = option.Short is null ? Indent : $"-{option.Short}, ";
        var value = option.ValueName ?? (option.Values.Count > 0 ? string.Join('|', option.Values) : null);
        return ($"{prefix}--{option.Name}{(value is null ? string.Empty : $" <{value}>")}", option.Default ?? string.Empty, option.Description);
    }

    private void Section(string title, IEnumerable<(string Name, string Default, string Text)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;
        _lines.AddRange([string.Empty, title]);
        var name = all.Max(row => row.Name.Length) + Indent.Length;
        var standard = all.Max(row => row.Default.Length) is > 0 and var longest ? longest + Indent.Length : 0;
        var margin = Indent.Length + name + standard;
        foreach (var row in all)
        {
            var lead = $"{Indent}{row.Name.PadRight(name)}{row.Default.PadRight(standard)}";
            foreach (var line in Wrap(row.Text, Math.Max(width - margin, 20)))
            {
                _lines.Add((lead + line).TrimEnd());
                lead = new string(' ', margin);
            }
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            var cut = text.LastIndexOf(' ', width);
            if (cut <= 0)
                cut = width;
            yield return text[..cut];
            text = text[cut..].TrimStart();
        }

        yield return text;
    }
}
