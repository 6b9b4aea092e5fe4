using Npgsql;
using Seidra.Sandbox.Machines;

namespace Seidra.Sandbox.Tests.Machines;

public sealed class LocalPostgresTests
{
    private string directory = "";

    [SetUp]
    public void MakeDirectory() => directory = Directory.CreateTempSubdirectory("seidra-pg-l’été de René ").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(directory, recursive: true);

    [Test]
    public async Task Data_port_and_password_survive_stop_crash_and_a_second_start()
    {
        int port;
        string password;
        await using (var first = await LocalPostgres.StartAsync(directory))
        {
            (port, password) = (first.Port, first.Password);
            await first.CreateDatabaseAsync("classic");
            await first.CreateDatabaseAsync("classic");
            await ExecuteAsync(first, "CREATE TABLE t (v text)");
            await ExecuteAsync(first, "INSERT INTO t VALUES ('before the stop')");
            await first.RestartAsync();
            await ExecuteAsync(first, "INSERT INTO t VALUES ('before the crash')");
            await first.KillAsync();
            Assert.That(first.IsRunning, Is.False);
            await first.RestartAsync();
            await ExecuteAsync(first, "INSERT INTO t VALUES ('before the end')");
        }

        await using var second = await LocalPostgres.StartAsync(directory);
        Assert.That((second.Port, second.Password), Is.EqualTo((port, password)));
        Assert.That(
            await ScalarAsync(second, "SELECT string_agg(v, ', ' ORDER BY v) FROM t"),
            Is.EqualTo("before the crash, before the end, before the stop"));
    }

    [Test]
    public async Task The_server_is_durable_ready_for_following_and_asks_for_the_password()
    {
        await using var server = await LocalPostgres.StartAsync(directory, new LocalPostgresOptions
        {
            Settings = new Dictionary<string, string> { ["work_mem"] = "8MB" },
        });
        await server.CreateDatabaseAsync("classic");
        Assert.That(await ScalarAsync(server, "SHOW wal_level"), Is.EqualTo("logical"));
        Assert.That(await ScalarAsync(server, "SHOW fsync"), Is.EqualTo("on"));
        Assert.That(await ScalarAsync(server, "SHOW work_mem"), Is.EqualTo("8MB"));
        Assert.That(await ScalarAsync(server, "SHOW listen_addresses"), Is.EqualTo("127.0.0.1"));
        Assert.That(server.Url("classic"), Is.EqualTo($"postgresql://seidra@127.0.0.1:{server.Port}/classic"));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(server.PasswordFile), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));

        var wrong = new NpgsqlConnectionStringBuilder(server.ConnectionString("classic")) { Password = "wrong" }.ConnectionString;
        await using var connection = new NpgsqlConnection(wrong);
        Assert.That(
            async () => await connection.OpenAsync(),
            Throws.TypeOf<PostgresException>().With.Property(nameof(PostgresException.SqlState)).EqualTo(PostgresErrorCodes.InvalidPassword));
    }

    [Test]
    public async Task A_stale_process_id_file_that_names_a_stranger_does_not_stop_a_start()
    {
        await using (var first = await LocalPostgres.StartAsync(directory))
            await first.KillAsync();
        var pidFile = Path.Combine(directory, "data", "cluster", "postmaster.pid");
        var lines = await File.ReadAllLinesAsync(pidFile);
        lines[0] = Environment.ProcessId.ToString();
        await File.WriteAllLinesAsync(pidFile, lines);

        await using var second = await LocalPostgres.StartAsync(directory);
        Assert.That(second.IsRunning, Is.True);
    }

    [Test]
    public async Task A_taken_port_is_named()
    {
        int port;
        await using (var first = await LocalPostgres.StartAsync(directory))
            port = first.Port;
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, port);
        listener.Start();
        Assert.That(
            async () => await LocalPostgres.StartAsync(directory),
            Throws.TypeOf<SandboxException>().With.Message.Contains($"port {port}"));
    }

    private static async Task ExecuteAsync(LocalPostgres server, string sql) => await ScalarAsync(server, sql);

    private static async Task<object?> ScalarAsync(LocalPostgres server, string sql)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString("classic") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
