namespace Seidra.Database;

/// <summary>
/// Parses pgoutput, protocol version 1 (PostgreSQL manual, "Logical Replication Message Formats"), on the bytes of the stream.
/// Of rows it takes the key alone and makes no object, which is why it is faster than Npgsql's own.
/// </summary>
internal sealed class PgOutputParser(IPgOutputSink sink)
{
    private static readonly DateTimeOffset _epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<uint, (int Columns, int? Key)> _relations = [];

    /// <summary>Forgets the relations: a new stream describes them again.</summary>
    public void Reset() => _relations.Clear();

    /// <summary>Parses one message.</summary>
    /// <exception cref="DatabaseException">It is none; says where.</exception>
    public void Parse(ReadOnlySpan<byte> message)
    {
        var reader = new PgOutputReader(message);
        switch ((char)reader.Byte())
        {
            case 'B':
                reader.Lsn();
                var committed = Time(ref reader);
                sink.Begin(reader.Oid(), committed);
                break;
            case 'C':
                reader.Byte();
                reader.Lsn();
                sink.Commit(reader.Lsn());
                reader.Int64();
                break;
            case 'R':
                Relation(ref reader);
                break;
            case 'I':
            case 'U':
            case 'D':
                Row(ref reader, (char)message[0]);
                break;
            case 'T':
                Truncate(ref reader);
                break;
            case 'M':
                reader.Byte();
                reader.Lsn();
                sink.Message(reader.Text(), reader.Bytes());
                break;
            case 'O':
                reader.Lsn();
                reader.Text();
                break;
            case 'Y':
                reader.Oid();
                reader.Text();
                reader.Text();
                break;
            default:
                throw reader.Error("a known message instead of this one (the error stands before this byte)");
        }

        if (!reader.IsAtEnd)
            throw reader.Error("the end of the message");
    }

    private static DateTimeOffset Time(ref PgOutputReader reader)
    {
        var microseconds = reader.Int64();
        // 300,000 years are more than a DateTimeOffset holds.
        return Math.Abs(microseconds / 1e6) < 100_000_000_000 ? _epoch.AddMicroseconds(microseconds) : throw reader.Error("a time");
    }

    private void Relation(ref PgOutputReader reader)
    {
        var relation = reader.Oid();
        var (schema, name) = (reader.String(), reader.String());
        reader.Byte();
        var columns = new string[Count(ref reader)];
        for (var column = 0; column < columns.Length; column++)
        {
            reader.Byte();
            columns[column] = reader.String();
            reader.Oid();
            reader.Int32();
        }

        // An empty namespace means pg_catalog.
        _relations[relation] = (columns.Length, sink.Relation(schema.Length == 0 ? "pg_catalog" : schema, name, relation, columns));
    }

    private void Row(ref PgOutputReader reader, char verb)
    {
        var relation = reader.Oid();
        if (!_relations.TryGetValue(relation, out var known))
            throw reader.Error($"a relation that was described before instead of {relation}");
        var (hasOld, hasNew) = (false, false);
        ReadOnlySpan<byte> oldKey = default, newKey = default;
        var part = (char)reader.Byte();
        if (verb != 'I' && (part == 'K' || part == 'O'))
        {
            hasOld = Tuple(ref reader, known, out oldKey);
            if (verb == 'U')
                part = (char)reader.Byte();
        }

        if (verb != 'D')
        {
            if (part != 'N')
                throw reader.Error("a new row before this byte");
            hasNew = Tuple(ref reader, known, out newKey);
        }
        else if (part is not ('K' or 'O'))
        {
            throw reader.Error("an old row before this byte");
        }

        if (known.Key is null)
            return;
        if (!hasOld && !hasNew)
            throw reader.Error("a key in the row before this byte (its table needs a REPLICA IDENTITY that holds the key)");
        if (hasNew)
            sink.Row(relation, newKey);
        if (hasOld && !(hasNew && oldKey.SequenceEqual(newKey)))
            sink.Row(relation, oldKey);
    }

    /// <summary>Finds the row's key; false where it is NULL or was left out as unchanged (TOAST).</summary>
    private static bool Tuple(scoped ref PgOutputReader reader, (int Columns, int? Key) table, out ReadOnlySpan<byte> key)
    {
        key = default;
        if (Count(ref reader) != table.Columns)
            throw reader.Error($"{table.Columns} columns before this byte");
        var found = false;
        for (var column = 0; column < table.Columns; column++)
        {
            var kind = (char)reader.Byte();
            if (kind is 't' or 'b')
            {
                var value = reader.Bytes();
                if (column != table.Key)
                    continue;
                key = value;
                found = true;
            }
            else if (kind is not ('n' or 'u'))
            {
                throw reader.Error("the kind of a value (n, u, t or b) before this byte");
            }
        }

        return found;
    }

    private void Truncate(ref PgOutputReader reader)
    {
        var count = reader.Int32();
        reader.Byte();
        for (var number = 0; number < count; number++)
        {
            var relation = reader.Oid();
            if (!_relations.TryGetValue(relation, out var known))
                throw reader.Error($"a relation that was described before instead of {relation}");
            if (known.Key is not null)
                sink.Truncate(relation);
        }
    }

    private static int Count(scoped ref PgOutputReader reader) =>
        reader.Int16() is >= 0 and <= 1664 and var count ? count : throw reader.Error("a number of columns from 0 to 1664 before this byte");
}
