namespace Seidra.Database;

/// <summary>A table's rule tied to the columns that the source really has.</summary>
/// <param name="Key">Ordinal of the key column.</param>
/// <param name="Columns">Ultimate's columns without the key, in the order in which they are written.</param>
/// <param name="Extras">Extras that the source has.</param>
internal sealed record TableBinding(int Key, IReadOnlyList<ColumnBinding> Columns, IReadOnlyList<ExtraBinding> Extras)
{
    /// <summary>Index among <see cref="Columns"/>; -1 where there is none.</summary>
    public int IndexOf(string target)
    {
        for (var index = 0; index < Columns.Count; index++)
        {
            if (Columns[index].Rule.To == target)
                return index;
        }

        return -1;
    }
}

/// <summary>One column of Ultimate.</summary>
/// <param name="Rule">Its rule.</param>
/// <param name="Ordinals">The source columns it is made of; empty where the default is taken.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Converter">Makes its values; null for a reference.</param>
/// <param name="Fallbacks">Indexes of the columns whose value is taken before the default.</param>
internal sealed record ColumnBinding(ColumnRule Rule, IReadOnlyList<int> Ordinals, TargetType Type, IConverter? Converter, IReadOnlyList<int> Fallbacks);

/// <summary>An extra that the source has.</summary>
/// <param name="Rule">Its rule.</param>
/// <param name="Ordinal">The source column.</param>
internal sealed record ExtraBinding(ExtraRule Rule, int Ordinal);

/// <summary>Rows made from another table's.</summary>
/// <param name="From">Ultimate's name of the table that is read.</param>
/// <param name="When">Ordinal of the boolean in that table's rows.</param>
/// <param name="Owner">Ordinal of the owner in that table's rows.</param>
/// <param name="CreatedAt">Ordinal of the creation time in that table's rows; -1 where it has none.</param>
internal sealed record DerivedBinding(string From, int When, int Owner, int CreatedAt);
