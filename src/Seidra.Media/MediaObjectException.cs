namespace Seidra.Media;

/// <summary>Why one object could not be read or written.</summary>
public enum ObjectFailure
{
    /// <summary>It cannot be done: access is denied, the store refuses it for good.</summary>
    Refused,

    /// <summary>The store cannot hold an object under this key; under another it could.</summary>
    UnusableKey,

    /// <summary>The network or the server stumbled, or bytes arrived damaged: worth another attempt.</summary>
    Transient,

    /// <summary>The object is no longer there.</summary>
    Vanished,

    /// <summary>The object changed while it was read.</summary>
    Changed,
}

/// <summary>A failure of one object; the store as such works.</summary>
public sealed class MediaObjectException : MediaException
{
    /// <summary>Creates the exception for <paramref name="key"/>.</summary>
    public MediaObjectException(string key, ObjectFailure failure, string message, Exception? inner = null)
        : base(message, inner)
    {
        Key = key;
        Failure = failure;
    }

    /// <summary>The object's key.</summary>
    public string Key { get; }

    /// <summary>What kind of failure it is.</summary>
    public ObjectFailure Failure { get; }
}
