using Seidra.Sandbox.Probe;

namespace Seidra.Sandbox.Tests.Probe;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ProbeRecordTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("seidra-record");

    private string RecordFile => Path.Combine(folder.FullName, "acknowledged.log");

    public void Dispose() => folder.Delete(recursive: true);

    [Test]
    public void Goes_on_with_an_earlier_record()
    {
        using (var first = new ProbeRecord(RecordFile))
            first.Append("a-1");
        using (var second = new ProbeRecord(RecordFile))
        {
            Assert.That(second.Count, Is.EqualTo(1));
            second.Append("b-1");
        }

        Assert.That(ProbeRecord.Read(RecordFile), Is.EqualTo(new[] { "a-1", "b-1" }));
    }

    [Test]
    public void Line_is_in_the_file_as_soon_as_it_is_counted()
    {
        using var record = new ProbeRecord(RecordFile);
        record.Append("a-1");
        Assert.That(ProbeRecord.Read(RecordFile), Is.EqualTo(new[] { "a-1" }));
    }

    [Test]
    public void Torn_last_line_is_no_acknowledgement_and_spoils_none()
    {
        File.WriteAllText(RecordFile, "a-1 1700000000000\na-2 17000");
        using (var record = new ProbeRecord(RecordFile))
        {
            Assert.That(record.Count, Is.EqualTo(1));
            record.Append("b-1");
        }

        Assert.That(ProbeRecord.Read(RecordFile), Is.EqualTo(new[] { "a-1", "b-1" }));
    }

    [Test]
    public void No_record_holds_nothing() => Assert.That(ProbeRecord.Read(RecordFile), Is.Empty);

    [Test]
    public void Lines_of_parallel_answers_do_not_mix()
    {
        using (var record = new ProbeRecord(RecordFile))
            Parallel.For(0, 2000, number => record.Append($"a-{number}"));
        Assert.That(ProbeRecord.Read(RecordFile), Is.EquivalentTo(Enumerable.Range(0, 2000).Select(number => $"a-{number}")));
    }
}
