namespace Seidra.Database.Tests.Capture;

/// <summary>Follows in a process of its own and confirms nothing. Argument: URL; the password comes by standard input.</summary>
internal static class CaptureRole
{
    public static async Task RunAsync(string[] arguments)
    {
        var endpoint = DatabaseEndpoint.Parse(arguments[0], Console.ReadLine());
        await using var capture = await ChangeCapture.OpenAsync(endpoint, CapturedDatabase.Tables, "e1", null);
        await (await capture.ReadAsync(CancellationToken.None)).DisposeAsync();
        Console.WriteLine("following");
        while (true)
            await capture.WaitAsync(TimeSpan.FromSeconds(1), CancellationToken.None);
    }
}
