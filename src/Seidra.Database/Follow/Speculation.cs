using System.Data.Common;

namespace Seidra.Database;

/// <summary>
/// Encodes rows on what is guessed of other rows, has the guesses looked up all at once, and encodes again what was told wrong:
/// one reading and one round trip where nothing is unusual.
/// </summary>
internal sealed class Speculation(DatabaseEndpoint source, TablePlan table, RoundKnowledge knowledge)
{
    private readonly List<RowChunk> _chunks = [];

    public async Task<EncodedRows> RunAsync(IReadOnlyCollection<KeyId> keys, Action<IReadOnlyCollection<KeyId>, RowChunk, CancellationToken> encode, CancellationToken cancel)
    {
        var rows = new EncodedRows();
        for (var turn = 0; keys.Count > 0; turn++)
        {
            var chunk = Chunk(turn);
            try
            {
                encode(keys, chunk, cancel);
            }
            catch (DbException error)
            {
                throw EndpointErrors.Wrap(source, error, "read changed rows of");
            }

            var wrong = await knowledge.SettleAsync(cancel);
            rows.Add(chunk, wrong);
            keys = wrong;
        }

        return rows;
    }

    private RowChunk Chunk(int turn)
    {
        if (turn == _chunks.Count)
            _chunks.Add(new RowChunk(table));
        _chunks[turn].Clear();
        return _chunks[turn];
    }
}
