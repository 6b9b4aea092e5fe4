namespace Cake.Frosting.Internal;

/// <summary>What went wrong beside the error that ended the run; all of it is reported.</summary>
internal sealed class RunErrors
{
    private readonly List<(string Where, Exception Error)> _errors = [];

    public IReadOnlyList<(string Where, Exception Error)> All => _errors;

    public void Add(string where, Exception error) => _errors.Add((where, error));
}
