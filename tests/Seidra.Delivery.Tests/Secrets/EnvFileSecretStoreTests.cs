namespace Seidra.Delivery.Tests;

public sealed class EnvFileSecretStoreTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Values_are_written_to_a_private_file_and_read_back()
    {
        var store = new EnvFileSecretStore(_folder.At("production/.env"));
        Assert.That(await store.NamesAsync(), Is.Empty);

        await store.SetAsync(new Dictionary<string, string> { ["JWT_SECRET"] = "it's", ["SEIDRA_WS_TOKEN"] = "a b" });

        Assert.That(await store.GetAsync("JWT_SECRET"), Is.EqualTo("it's"));
        Assert.That(await store.GetAsync("ABSENT"), Is.Null);
        Assert.That(await store.NamesAsync(), Is.EqualTo(new[] { "JWT_SECRET", "SEIDRA_WS_TOKEN" }));
        Assert.That(File.GetUnixFileMode(store.Display), Is.EqualTo(Private));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder.At("production")), Has.Exactly(1).Items, "no temporary file stays");
    }

    [Test]
    public async Task A_file_that_others_could_read_is_private_after_the_first_write()
    {
        var path = _folder.Write(".env", "# mine\nA=1\n", (UnixFileMode)0b110_100_100);

        await new EnvFileSecretStore(path).SetAsync(new Dictionary<string, string> { ["B"] = "2" });

        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(Private));
        Assert.That(File.ReadAllText(path), Is.EqualTo("# mine\nA=1\nB=2\n"));
    }

    [Test]
    public async Task A_symbolic_link_is_written_through()
    {
        var real = _folder.Write("real.env", "A=1\n");
        File.CreateSymbolicLink(_folder.At(".env"), real);

        await new EnvFileSecretStore(_folder.At(".env")).SetAsync(new Dictionary<string, string> { ["A"] = "2" });

        Assert.That(new FileInfo(_folder.At(".env")).LinkTarget, Is.EqualTo(real));
        Assert.That(File.ReadAllText(real), Is.EqualTo("A=2\n"));
    }

    [Test]
    public void One_value_that_cannot_be_held_leaves_the_file_as_it_was()
    {
        var path = _folder.Write(".env", "A=1\n");

        Assert.That(
            () => new EnvFileSecretStore(path).SetAsync(new Dictionary<string, string> { ["A"] = "2", ["B"] = "line\nbreak" }),
            Throws.TypeOf<DeliveryException>());
        Assert.That(File.ReadAllText(path), Is.EqualTo("A=1\n"));
    }

    [Test]
    public async Task Readers_never_see_half_a_file()
    {
        var store = new EnvFileSecretStore(_folder.At(".env"));
        await store.SetAsync(Both(0));
        using var end = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            var reads = 0;
            for (; !end.IsCancellationRequested; reads++)
            {
                var values = DotEnv.Load(store.Display).Values;
                Assert.That(values["FIRST"], Is.EqualTo(values["LAST"]));
                await Task.Yield();
            }

            return reads;
        });

        for (var i = 1; i <= 50; i++) await store.SetAsync(Both(i));
        await end.CancelAsync();

        Assert.That(await reader, Is.GreaterThan(10));

        static Dictionary<string, string> Both(int i) => new() { ["FIRST"] = $"{i}", ["MIDDLE"] = new string('x', 20_000), ["LAST"] = $"{i}" };
    }
}
