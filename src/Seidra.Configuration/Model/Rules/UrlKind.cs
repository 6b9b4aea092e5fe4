namespace Seidra.Configuration;

/// <summary>What a URL may be.</summary>
internal enum UrlKind
{
    /// <summary>A web address without path.</summary>
    Http,

    /// <summary>PostgreSQL or SQLite, as SQLAlchemy writes it.</summary>
    Database,

    /// <summary>An S3 bucket or a directory.</summary>
    Store,

    /// <summary>Anything that git clones.</summary>
    Repository,
}
