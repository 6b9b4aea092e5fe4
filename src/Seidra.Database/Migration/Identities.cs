namespace Seidra.Database;

/// <summary>Loads what earlier passes decided about a table's keys.</summary>
internal static class Identities
{
    public static async Task<TableIdentity> LoadAsync(TablePlan table, ISourceSnapshot source, IMigrationTarget target, CancellationToken cancel)
    {
        var shape = TargetTable.Of(table);
        TableIdentity identity;
        if (table.Rule.Key.As != KeyKind.Integer)
        {
            identity = new TableIdentity(table.Rule, new Dictionary<long, long>(), [], 0);
        }
        else
        {
            var highest = await target.HighestKeyAsync(shape, cancel);
            if (table.Derived is null)
            {
                await foreach (var key in source.KeysAsync(table, cancel))
                    highest = KeyId.Of(key) is { IsNumber: true, Number: <= int.MaxValue } id ? Math.Max(highest, id.Number) : highest;
            }

            identity = new TableIdentity(table.Rule, await target.MovedAsync(table.Target, cancel), await target.OwnKeysAsync(shape, cancel), highest);
        }

        if (table.Binding.Extras.Any(extra => extra.Rule.Reference == table.Target))
        {
            identity.All = new KeySet();
            await foreach (var key in source.KeysAsync(table, cancel))
            {
                if (KeyId.Of(key) is { } id)
                    identity.All.Add(id);
            }
        }

        return identity;
    }
}
