namespace Seidra.Database;

/// <summary>The revisions of a checkout as a graph, with everything that is wrong in it.</summary>
internal sealed class RevisionChain
{
    private readonly Dictionary<string, RevisionFile> _files = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyList<string>> _parents = new(StringComparer.Ordinal);
    private readonly List<AlembicProblem> _problems = [];

    private RevisionChain(IReadOnlyList<RevisionFile> files)
    {
        foreach (var file in files)
            Add(file);
        foreach (var file in _files.Values)
            _parents[file.Revision!] = [.. file.Parents.Select(parent => Link(file, parent)).OfType<string>()];
        FindCycles();
        var named = _parents.Values.SelectMany(parents => parents).ToHashSet(StringComparer.Ordinal);
        Heads = [.. _files.Keys.Where(revision => !named.Contains(revision)).Order(StringComparer.Ordinal)];
        if (Heads.Count > 1)
            Report(AlembicProblemKind.SeveralHeads, $"Expected one head, found {Heads.Count}: {string.Join(", ", Heads)}. Merge them in the Ultimate repository (alembic merge heads).");
    }

    /// <summary>Revisions that no other names as parent.</summary>
    public IReadOnlyList<string> Heads { get; }

    /// <summary>Everything found wrong.</summary>
    public IReadOnlyList<AlembicProblem> Problems => _problems;

    /// <summary>Reads all files of a <c>versions</c> folder.</summary>
    public static RevisionChain Read(string versionsDirectory)
    {
        var files = Directory.Exists(versionsDirectory)
            ? Directory.EnumerateFiles(versionsDirectory, "*.py").Where(path => Path.GetFileName(path) != "__init__.py").Order(StringComparer.Ordinal)
                .Select(path => RevisionParser.Parse(Path.GetFileName(path), File.ReadAllText(path))).ToArray()
            : [];
        var chain = new RevisionChain(files);
        if (files.Length == 0)
            chain.Report(AlembicProblemKind.NoRevisions, $"Expected Alembic revisions (*.py) in {versionsDirectory}, found none. Check the checkout of Ultimate (backend/alembic/versions).");
        return chain;
    }

    /// <summary>Whether a revision exists.</summary>
    public bool Knows(string revision) => _files.ContainsKey(revision);

    /// <summary>The revision that a wrong name most likely means; null when nothing is near.</summary>
    public string? Nearest(string name) => Meant(name) ?? _files.Keys
        .Select(revision => (revision, distance: EditDistance.Between(name, revision)))
        .Where(pair => pair.distance <= name.Length / 2)
        .OrderBy(pair => pair.distance).Select(pair => pair.revision).FirstOrDefault();

    /// <summary>The revisions that lead from the given ones to all heads, parents before children.</summary>
    public IReadOnlyList<string> Pending(IEnumerable<string> applied)
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        foreach (var revision in applied)
            Visit(revision, done, order: null);
        var order = new List<string>();
        foreach (var head in Heads)
            Visit(head, done, order);
        return order;
    }

    private void Visit(string revision, HashSet<string> seen, List<string>? order)
    {
        if (!_parents.TryGetValue(revision, out var parents) || !seen.Add(revision))
            return;
        foreach (var parent in parents)
            Visit(parent, seen, order);
        order?.Add(revision);
    }

    private void Add(RevisionFile file)
    {
        if (file.Problem is not null)
            Report(AlembicProblemKind.UnreadableFile, $"{file.Problem} Correct the file in the Ultimate repository.");
        else if (!_files.TryAdd(file.Revision!, file))
            Report(AlembicProblemKind.DuplicateRevision, $"Both {_files[file.Revision!].FileName} and {file.FileName} state revision '{file.Revision}'. Give one of them another.");
    }

    /// <summary>The parent itself, or the one that a wrong name certainly means, so that one wrong name is one problem.</summary>
    private string? Link(RevisionFile file, string parent)
    {
        if (Knows(parent))
            return parent;
        var nearest = Nearest(parent);
        Report(
            AlembicProblemKind.BrokenLink,
            $"{file.FileName} names the parent '{parent}', which does not exist{(nearest is null ? "" : $"; the nearest is '{nearest}'")}. Correct down_revision in that file.");
        return Meant(parent);
    }

    /// <summary>The revision whose file bears that name, or that the name begins with.</summary>
    private string? Meant(string name) =>
        _files.Values.FirstOrDefault(file => file.Stem == name)?.Revision
        ?? _files.Keys.Where(revision => name.StartsWith(revision, StringComparison.Ordinal)).MaxBy(revision => revision.Length);

    private void FindCycles()
    {
        // What remains after taking away revisions without parents, again and again, stands in a cycle or behind one.
        var remaining = _parents.ToDictionary(pair => pair.Key, pair => pair.Value.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        while (remaining.Where(pair => pair.Value.Count == 0).Select(pair => pair.Key).ToArray() is { Length: > 0 } free)
        {
            foreach (var revision in free)
                remaining.Remove(revision);
            foreach (var parents in remaining.Values)
                parents.ExceptWith(free);
        }

        if (remaining.Count > 0)
            Report(AlembicProblemKind.Cycle, $"These revisions descend from themselves: {string.Join(", ", remaining.Keys.Order(StringComparer.Ordinal))}. Correct down_revision in one of them.");
    }

    private void Report(AlembicProblemKind kind, string message) => _problems.Add(new AlembicProblem(kind, message));
}
