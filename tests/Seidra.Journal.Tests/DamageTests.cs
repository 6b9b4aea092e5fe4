using System.Security.Cryptography;
using System.Text;

namespace Seidra.Journal.Tests;

public class DamageTests
{
    private StateDirectory _state = null!;
    private string[] _lines = null!;

    [SetUp]
    public void Prepare()
    {
        _state = new StateDirectory().WithHistory();
        _lines = _state.Lines;
    }

    [TearDown]
    public void Remove() => _state.Dispose();

    [Test]
    public void Every_changed_byte_is_detected([Values(0x01, 0x80)] int mask)
    {
        var original = _state.Bytes;
        var head = File.ReadAllBytes(_state.Head);
        var lastNewline = original.Length - 1;
        for (var i = 0; i < original.Length; i++)
        {
            var changed = original.ToArray();
            changed[i] ^= (byte)mask;
            File.WriteAllBytes(_state.Journal, changed);

            if (i == lastNewline)
                continue;
            var line = original[..i].Count(b => b == '\n') + 1;
            Assert.That(() => _state.Open().Dispose(), Throws.InstanceOf<JournalDamagedException>(), $"byte {i} of line {line}");
            Assert.That(File.ReadAllBytes(_state.Journal), Is.EqualTo(changed), "a damaged journal is not touched");
        }

        // The last newline is where damage and a torn line look alike: cut off, kept, noted.
        File.WriteAllBytes(_state.Head, head);
        using var journal = _state.Open();
        Assert.That(journal.Snapshot.Entries[^1].Kind, Is.EqualTo(EntryKind.Recovered));
        Assert.That(_state.TornCopies, Has.Count.EqualTo(1));
    }

    [Test]
    public void Every_changed_byte_of_the_last_line_is_detected_without_the_anchor_too()
    {
        var original = _state.Bytes;
        var start = original.Length - _lines[^1].Length - 1;
        for (var i = start; i < original.Length - 1; i++)
        {
            File.Delete(_state.Head);
            var changed = original.ToArray();
            changed[i] ^= 1;
            File.WriteAllBytes(_state.Journal, changed);

            Assert.That(() => _state.Open().Dispose(), Throws.InstanceOf<JournalDamagedException>(), $"byte {i - start}");
        }
    }

    [Test]
    public void A_changed_line_is_named_with_what_it_should_be()
    {
        _lines[3] = _lines[3].Replace("backup.delete", "backup.keep");
        _state.Write(_lines);

        var error = Assert.Throws<JournalDamagedException>(() => _state.Read());
        Assert.Multiple(() =>
        {
            Assert.That(error.Line, Is.EqualTo(4));
            Assert.That(error.Expected, Does.Contain("SHA-256"));
            Assert.That(error.Found, Does.Contain("SHA-256"));
            Assert.That(error.Message, Does.Contain(_state.Journal).And.Contain("line 4").And.Contain("Next:"));
        });
    }

    [Test]
    public void A_removed_line_is_detected([Range(0, 6)] int index)
    {
        _state.Write(_lines.Where((_, i) => i != index));

        Assert.That(Damage().Line, Is.EqualTo(index + 1));
    }

    [Test]
    public void Lines_removed_at_the_end_are_detected([Range(1, 7)] int count)
    {
        _state.Write(_lines[..^count]);

        var error = Damage();
        Assert.Multiple(() =>
        {
            Assert.That(error.Line, Is.EqualTo(_lines.Length - count + 1));
            Assert.That(error.Expected, Does.Contain("7 lines"));
        });
    }

    [Test]
    public void A_removed_journal_is_detected()
    {
        File.Delete(_state.Journal);

        Assert.That(() => _state.Read(), Throws.InstanceOf<JournalDamagedException>());
        Assert.That(() => _state.Open().Dispose(), Throws.InstanceOf<JournalDamagedException>());
    }

    [Test]
    public void A_doubled_line_is_detected([Range(0, 6)] int index)
    {
        _state.Write([.. _lines[..(index + 1)], .. _lines[index..]]);

        var error = Damage();
        Assert.Multiple(() =>
        {
            Assert.That(error.Line, Is.EqualTo(index + 2));
            Assert.That(error.Expected, Is.EqualTo($"seq {index + 2}"));
            Assert.That(error.Found, Does.StartWith($"seq {index + 1}"));
        });
    }

    [Test]
    public void Lines_in_another_order_are_detected([Range(0, 5)] int index)
    {
        (_lines[index], _lines[index + 1]) = (_lines[index + 1], _lines[index]);
        _state.Write(_lines);

        Assert.That(Damage().Line, Is.EqualTo(index + 1));
    }

    [Test]
    public void A_forged_line_with_a_sum_of_its_own_is_detected_by_the_next_one()
    {
        _lines[3] = Forge(_lines[3], "backup.delete", "backup.keep");
        _state.Write(_lines);

        var error = Damage();
        Assert.Multiple(() =>
        {
            Assert.That(error.Line, Is.EqualTo(5));
            Assert.That(error.Expected, Does.StartWith("prev "));
        });
    }

    [Test]
    public void A_forged_last_line_is_detected_by_the_anchor()
    {
        _lines[^1] = Forge(_lines[^1], "\"exitCode\":0", "\"exitCode\":1");
        _state.Write(_lines);

        Assert.That(Damage().Expected, Does.Contain("journal.head"));
    }

    [TestCase("")]
    [TestCase("not json")]
    [TestCase("{}")]
    [TestCase("[1,2,3]")]
    public void A_foreign_line_is_detected(string line)
    {
        _state.Write([.. _lines[..2], line, .. _lines[2..]]);

        Assert.That(Damage().Line, Is.EqualTo(3));
    }

    [TestCase("{\"seq\":8")]
    [TestCase("{\"seq\":\"eight\",\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"fact\",\"data\":{},\"prev\":\"\"")]
    [TestCase("{\"seq\":8,\"at\":\"yesterday\",\"kind\":\"fact\",\"data\":{},\"prev\":\"\"")]
    [TestCase("{\"seq\":8,\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"fact\",\"data\":[],\"prev\":\"\"")]
    [TestCase("{\"seq\":8,\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"fact\",\"data\":{\"a\":1,\"a\":2},\"prev\":\"\"")]
    [TestCase("[\"seq\"")]
    public void A_line_whose_sum_is_right_and_whose_content_is_no_entry_is_detected(string body)
    {
        _state.Write([.. _lines, Summed(body)]);

        Assert.That(Damage().Line, Is.EqualTo(8));
    }

    [Test]
    public void Data_that_its_kind_does_not_have_is_detected()
    {
        _state.Write([Summed("{\"seq\":1,\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"journal.created\",\"data\":{\"schema\":1},\"prev\":\"" + JournalSnapshot.EmptyHead + '"')]);
        File.Delete(_state.Head);

        Assert.That(Damage().Found, Does.Contain("instance"));
    }

    [Test]
    public void A_journal_of_a_later_version_is_not_read_as_if_it_were_known()
    {
        _state.Write([Summed("{\"seq\":1,\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"journal.created\",\"data\":{\"schema\":2,\"instance\":\"one\"},\"prev\":\"" + JournalSnapshot.EmptyHead + '"')]);
        File.Delete(_state.Head);

        Assert.That(Damage().Found, Does.Contain("schema 2"));
    }

    [Test]
    public void A_second_begin_is_detected()
    {
        var prev = _state.Read().Head;
        _state.Write([.. _lines, Summed($"{{\"seq\":8,\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"journal.created\",\"data\":{{\"schema\":1,\"instance\":\"one\"}},\"prev\":\"{prev}\"")]);

        Assert.That(Damage().Found, Does.Contain("must be the first line"));
    }

    [TestCase("run.paused", "")]
    [TestCase("step.paused", "\"step\":\"BackupDatabase\",")]
    public void Kinds_of_a_later_version_are_kept_and_change_nothing(string kind, string step)
    {
        var before = _state.Read();
        _state.Write([.. _lines, Summed($"{{\"seq\":8,\"at\":\"2026-01-01T00:00:00Z\",\"kind\":\"{kind}\",{step}\"data\":{{}},\"prev\":\"{before.Head}\"")]);

        using var journal = _state.Open();
        Assert.Multiple(() =>
        {
            Assert.That(journal.Snapshot.Entries[^1].Kind, Is.EqualTo(kind));
            Assert.That(journal.Snapshot.Steps["BackupDatabase"].Status, Is.EqualTo(before.Steps["BackupDatabase"].Status));
        });
    }

    [Test]
    public void Bytes_that_are_no_text_are_detected()
    {
        File.AppendAllBytes(_state.Journal, [0xff, 0xfe, (byte)'\n']);

        var error = Damage();
        Assert.Multiple(() =>
        {
            Assert.That(error.Line, Is.EqualTo(8));
            Assert.That(error.Expected, Is.EqualTo("UTF-8 text"));
        });
    }

    [Test]
    public void Windows_line_ends_are_detected()
    {
        File.WriteAllText(_state.Journal, string.Concat(_lines.Select(l => l + "\r\n")));

        Assert.That(Damage().Line, Is.EqualTo(1));
    }

    [Test]
    public void An_endless_line_is_refused_in_bounded_memory()
    {
        using (var file = File.OpenWrite(_state.Journal))
            file.SetLength(64L * 1024 * 1024);

        Assert.That(Damage().Expected, Does.Contain("at most"));
    }

    [Test]
    public void A_broken_anchor_is_named_as_such()
    {
        File.WriteAllText(_state.Head, "garbage");

        Assert.That(Damage().Message, Does.Contain("journal.head"));
    }

    [Test]
    public void An_anchor_that_a_power_cut_left_empty_or_behind_is_harmless([Values("", "\0\0\0\0")] string content)
    {
        File.WriteAllText(_state.Head, content);
        _state.Open().Dispose();

        Assert.That(File.ReadAllText(_state.Head), Is.EqualTo($"{7:D20} {_state.Read().Head}\n"), "opening brings it up to date");
    }

    private JournalDamagedException Damage()
    {
        var error = Assert.Throws<JournalDamagedException>(() => _state.Open().Dispose());
        Assert.That(() => _state.Read(), Throws.InstanceOf<JournalDamagedException>().With.Message.EqualTo(error.Message));
        return error;
    }

    private static string Forge(string line, string from, string to) =>
        Summed(line[..line.LastIndexOf(",\"sum\"", StringComparison.Ordinal)].Replace(from, to));

    private static string Summed(string body) =>
        body + ",\"sum\":\"" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))) + "\"}";
}
