using System.Globalization;
using System.IO.Hashing;
using Npgsql;

namespace Seidra.Database;

/// <summary>The row a PostgreSQL reader stands on; every value comes as text, so that no value of any type fails to be read.</summary>
internal sealed class PostgresRow(NpgsqlDataReader reader, int count, int key, bool numericKey) : ISourceRow
{
    public object? this[int ordinal]
    {
        get
        {
            if (reader.IsDBNull(ordinal))
                return null;
            var text = reader.GetString(ordinal);
            return ordinal == key && numericKey ? long.Parse(text, CultureInfo.InvariantCulture) : text;
        }
    }

    public void AppendTo(XxHash128 hash)
    {
        for (var ordinal = 0; ordinal < count; ordinal++)
            hash.Text(reader.IsDBNull(ordinal) ? null : reader.GetString(ordinal));
    }
}
