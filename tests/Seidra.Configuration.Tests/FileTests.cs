using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Seidra.Configuration.Tests;

public partial class FileTests
{
    [Test]
    public void A_missing_file_is_told_with_what_to_do()
    {
        var path = Path.Combine(Path.GetTempPath(), "seidra-none", "seidra.yaml");
        var problem = Assert.Throws<SettingsException>(() => SettingsLoader.Load(Given.Sources(path))).Problems.Single();

        Assert.Multiple(() =>
        {
            Assert.That(problem.File, Is.EqualTo(path));
            Assert.That(problem.Message, Is.EqualTo($"expected a settings file at {path}, found none; next: copy seidra.example.yaml to {path} and fill it in"));
        });
    }

    [Test]
    public void A_missing_file_and_a_wrong_argument_are_told_together()
    {
        var sources = Given.Sources("none.yaml", [("freez", "1")]);

        Assert.That(Assert.Throws<SettingsException>(() => SettingsLoader.Load(sources)).Problems.Select(p => p.Key), Is.EqualTo(new[] { "", "freez" }));
    }

    [Test]
    public void A_folder_is_no_settings_file() => Assert.That(
        () => SettingsLoader.Load(Given.Sources(Path.GetTempPath())),
        Throws.InstanceOf<SettingsException>().With.Message.Contains("found a folder"));

    [Test]
    public void A_file_that_cannot_be_read_is_told()
    {
        var folder = Directory.CreateTempSubdirectory("seidra-settings-");
        var file = Path.Combine(folder.FullName, "seidra.yaml");
        File.WriteAllText(file, Given.Minimal);
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(file, UnixFileMode.None);
        SettingsException? error = null;
        var thread = new Thread(() =>
        {
            // Root reads everything; this thread is checked as nobody (Linux).
            if (EffectiveUser() == 0)
                _ = SetFileUser(65534);
            error = Assert.Throws<SettingsException>(() => SettingsLoader.Load(Given.Sources(file)));
        });
        thread.Start();
        thread.Join();
        folder.Delete(recursive: true);

        Assert.That(error!.Message, Does.Contain("expected a readable settings file").And.Contain("denied"));
    }

    [TestCase("instance: [a\nclassic: {}", 1)]
    [TestCase("instance: a\n\tclassic: b", 1)]
    [TestCase("instance: 'open", 1)]
    [TestCase("instance: a\nclassic\nultimate: b", 2)]
    [TestCase("- a\nb: c", 2)]
    [TestCase("instance: &a x", 1)]
    [TestCase("instance: x\nclassic: *a", 2)]
    [TestCase("instance: x\n<<: *a", 2)]
    [TestCase("instance: !!binary eA==", 1)]
    [TestCase("? [complex]\n: key", 1)]
    [TestCase("instance: x\n---\ninstance: y", 2)]
    [TestCase("just a text", 1)]
    [TestCase("- a", 1)]
    [TestCase("%YAML 9.9\n---\na: b", 1)]
    public void What_is_no_usable_YAML_is_told_with_its_line(string yaml, int line)
    {
        var problem = Given.Problem(yaml);

        Assert.That(problem.Line, Is.EqualTo(line), problem.ToString());
    }

    [Test]
    public void A_bomb_of_aliases_is_refused_at_once()
    {
        var bomb = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x]\n");
        for (var level = 'b'; level <= 'k'; level++)
            bomb.Append($"{level}: &{level} [{string.Join(',', Enumerable.Repeat("*" + (char)(level - 1), 9))}]\n");

        Assert.That(Quickly(bomb.ToString()), Does.Contain("no anchors"));
    }

    [Test]
    public void Depth_without_end_is_refused_at_once()
    {
        Assert.That(Quickly("a: " + new string('[', 200_000)), Does.Contain("at most 16 levels"));
        Assert.That(Quickly(string.Concat(Enumerable.Range(0, 1000).Select(i => new string(' ', i) + "a:\n"))), Does.Contain("at most 16 levels"));
    }

    [Test]
    public void Size_without_end_is_refused_at_once()
    {
        Assert.That(Quickly("a: [" + string.Concat(Enumerable.Repeat("x,", 100_000)) + "]"), Does.Contain("at most 20000 values"));
        Assert.That(Quickly("# " + new string('x', 1_100_000)), Does.Contain("more than 1048576 bytes"));
    }

    [Test]
    public void Many_unknown_keys_are_all_told_in_good_time()
    {
        var clock = Stopwatch.StartNew();
        var problems = Given.Problems(Given.And(string.Join('\n', Enumerable.Range(0, 5000).Select(i => $"unknown{i}: x"))));

        Assert.Multiple(() =>
        {
            Assert.That(problems, Has.Count.EqualTo(5000));
            Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
        });
    }

    [Test]
    public void Bytes_that_are_no_UTF8_are_told_with_their_line()
    {
        var bytes = Encoding.Latin1.GetBytes(Given.Minimal.Replace("my-studio", "stüdio") + "# é");
        var problem = Assert.Throws<SettingsException>(() => Given.LoadBytes(bytes)).Problems.Single();

        Assert.Multiple(() =>
        {
            Assert.That(problem.Line, Is.EqualTo(1));
            Assert.That(problem.Message, Does.Contain("UTF-8"));
        });
        Assert.That(() => Given.LoadBytes(Encoding.Unicode.GetPreamble()), Throws.InstanceOf<SettingsException>());
    }

    [Test]
    public void A_byte_order_mark_and_Windows_line_ends_do_no_harm()
    {
        byte[] bytes = [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(Given.Minimal.Replace("\n", "\r\n"))];

        Assert.That(Given.LoadBytes(bytes).Instance, Is.EqualTo("my-studio"));
    }

    [Test]
    public void Whatever_happens_to_the_example_the_answer_is_settings_or_problems()
    {
        var example = File.ReadAllBytes(Path.Combine(TestContext.CurrentContext.TestDirectory, "seidra.example.yaml"));
        for (var seed = 1; seed <= 250; seed++)
        {
            var changed = Change(example, new Random(seed));
            try
            {
                Given.LoadBytes(changed);
            }
            catch (SettingsException error)
            {
                Assert.That(error.Problems, Is.Not.Empty.And.All.Property("Message").Not.Empty, $"seed {seed}");
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}: {error}");
            }
        }
    }

    private static byte[] Change(byte[] original, Random random)
    {
        var bytes = original.ToList();
        for (var change = random.Next(1, 6); change > 0; change--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 60), bytes.Count - at);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, length);
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, length));
                    break;
                default:
                    bytes.Insert(at, (byte)"{}[]:,&*!|>'\"%@`#-?\n\t\0"[random.Next(22)]);
                    break;
            }
        }
        return [.. bytes];
    }

    private static string Quickly(string yaml)
    {
        var clock = Stopwatch.StartNew();
        var problem = Given.Problem(yaml);
        Assert.That(clock.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
        return problem.ToString();
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint EffectiveUser();

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(uint user);
}
