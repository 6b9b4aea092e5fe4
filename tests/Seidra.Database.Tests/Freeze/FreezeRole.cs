namespace Seidra.Database.Tests.Freeze;

/// <summary>A freeze in a process of its own. Arguments: URL, deadline in seconds, "hold" or "commit"; the password comes by standard input.</summary>
internal static class FreezeRole
{
    public static async Task RunAsync(string[] arguments)
    {
        var classic = DatabaseEndpoint.Parse(arguments[0], Console.ReadLine());
        var deadline = double.Parse(arguments[1], System.Globalization.CultureInfo.InvariantCulture);
        var freeze = await WriteFreeze.BeginAsync(classic, FrozenClassic.Options(deadline));
        await freeze.ProveAsync();
        if (arguments[2] == "commit")
            await freeze.CommitAsync();
        Console.WriteLine("frozen");
        await Task.Delay(Timeout.Infinite);
    }
}
