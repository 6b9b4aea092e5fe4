namespace Seidra.Sandbox;

/// <summary>What a rehearsal's world is made of. The data options count only when the world is first made.</summary>
/// <param name="Directory">Folder of everything the world owns (data, ports, secrets, logs); made with mode 0700.</param>
/// <param name="Profile"><c>embedded</c> (SQLite and directories) or <c>services</c> (PostgreSQL and S3).</param>
/// <param name="Rows">Rows of Classic's database, all tables together.</param>
/// <param name="Objects">Objects in Classic's media store.</param>
/// <param name="LingerSeconds">How long the world goes on serving after the last run that uses it has ended.</param>
/// <param name="Seed">Seed of the generated content; the same seed gives the same rows and objects.</param>
public sealed record WorldOptions(
    string Directory,
    string Profile,
    int Rows = 20000,
    int Objects = 5000,
    int LingerSeconds = 120,
    int Seed = 1);
