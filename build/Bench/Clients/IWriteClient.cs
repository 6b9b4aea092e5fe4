namespace Seidra.Cutover.Bench;

/// <summary>One connection of a client to one side. Calls block: each client has a thread of its own.</summary>
internal interface IWriteClient : IDisposable
{
    /// <summary>Writes a job with its picture in one transaction.</summary>
    /// <returns>The job's number, or null where the side refused: then nothing was written.</returns>
    /// <exception cref="BenchException">It is not known what became of the write.</exception>
    long? Insert(string token);

    /// <summary>Sets the progress of a job of one's own.</summary>
    /// <returns>Whether it was done; false where the side refused.</returns>
    bool Update(long job, double progress);

    /// <summary>Reads a job.</summary>
    /// <returns>Whether it was there to be read.</returns>
    bool Read();
}
