using System.Diagnostics;
using Seidra.Sandbox.World;

namespace Seidra.Sandbox.Tests.World;

public class WorldWatchTests
{
    [Test]
    public async Task Service_stays_while_its_world_lives_and_ends_when_it_stays_away()
    {
        var folder = Directory.CreateTempSubdirectory("seidra-watch");
        try
        {
            var layout = new WorldLayout(folder.FullName);
            using var world = Process.Start(new ProcessStartInfo("sleep", "600"))!;
            new WorldFile(ProcessIdentity.Of(world.Id)!, "embedded", "token", 0, new WorldEndpoints("", "", "", "", "", "", "", "", ""), null, null).Write(layout);
            var watch = new WorldWatch(layout.WorldFile, TimeSpan.FromSeconds(1)).WaitForEndAsync(default);
            await Task.Delay(TimeSpan.FromSeconds(5));
            Assert.That(watch.IsCompleted, Is.False);
            world.Kill();
            await watch.WaitAsync(TimeSpan.FromSeconds(20));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
