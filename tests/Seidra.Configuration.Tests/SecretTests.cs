using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Seidra.Configuration.Tests;

public class SecretTests
{
    private static readonly JsonSerializerOptions WithFields = new() { IncludeFields = true };
    private static readonly Secret Secret = new(Given.SecretValue, "${DB_PASSWORD}");

    [Test]
    public void Only_Reveal_gives_the_value()
    {
        Assert.That(Secret.Reveal(), Is.EqualTo(Given.SecretValue));
        foreach (var text in Texts(Secret))
            Assert.That(text, Does.Not.Contain(Given.SecretValue));
    }

    [Test]
    public void Records_that_hold_secrets_do_not_print_them()
    {
        var settings = Given.Load(Given.Minimal);

        foreach (var text in Texts(settings).Append(settings.Classic.ToString()).Append(settings.Classic.Database.ToString()).Append(settings.Describe()))
            Assert.That(text, Does.Not.Contain(Given.SecretValue));
        Assert.That(settings.Classic.Database.ToString(), Does.Contain("Password = ***"));
    }

    [Test]
    public void A_debugger_shows_the_mask_and_hides_the_field()
    {
        var field = typeof(Secret).GetFields(BindingFlags.NonPublic | BindingFlags.Instance).Single(f => (string?)f.GetValue(Secret) == Given.SecretValue);

        Assert.Multiple(() =>
        {
            Assert.That(typeof(Secret).GetCustomAttribute<DebuggerDisplayAttribute>()!.Value, Is.EqualTo("***"));
            Assert.That(field.GetCustomAttribute<DebuggerBrowsableAttribute>()!.State, Is.EqualTo(DebuggerBrowsableState.Never));
            Assert.That(typeof(Secret).GetProperties().Select(p => p.Name), Is.EqualTo(new[] { "Reference" }));
        });
    }

    [Test]
    public void A_secret_is_never_read_from_JSON() =>
        Assert.That(() => JsonSerializer.Deserialize<Secret>("\"x\""), Throws.InstanceOf<JsonException>());

    [TestCase("${MISSING}", "MISSING to hold the secret, found it not set")]
    [TestCase("${EMPTY}", "EMPTY to hold the secret, found it empty")]
    [TestCase("vault:secret/data/seidra#value", "Vault, which is not configured")]
    [TestCase("file:/does/not/exist", "/does/not/exist")]
    [TestCase("file:/", "/")]
    [TestCase("\"file:\"", "only ever references")]
    [TestCase("hunter2", "only ever references")]
    [TestCase("\"\"", "only ever references")]
    [TestCase("123456", "only ever references")]
    [TestCase("pre${DB_PASSWORD}", "only ever references")]
    [TestCase("\"${DB_PASSWORD}\\n\"", "only ever references")]
    [TestCase("${}", "only ever references")]
    [TestCase("$DB_PASSWORD", "only ever references")]
    [TestCase("[a]", "a reference such as ${NAME} or file:/path, found a list")]
    public void What_cannot_be_resolved_is_a_problem_that_shows_no_value(string reference, string message)
    {
        var problem = Given.Problem(Given.With("    password: ${DB_PASSWORD}", "    password: " + reference), environment: [("EMPTY", "")]);

        Assert.Multiple(() =>
        {
            Assert.That(problem.Key, Is.EqualTo("classic.database.password"));
            Assert.That(problem.Line, Is.EqualTo(6));
            Assert.That(problem.Message, Does.Contain(message));
            Assert.That(problem.Message, Does.Not.Contain("hunter2").And.Not.Contain("123456"));
        });
    }

    [TestCase("s3cr3t\n", "s3cr3t")]
    [TestCase("s3cr3t\r\n", "s3cr3t")]
    [TestCase(" sp ace ", " sp ace ")]
    [TestCase("é🎭", "é🎭")]
    public void A_file_gives_its_text_without_the_newline_at_its_end(string content, string value)
    {
        Assert.That(FromFile(Encoding.UTF8.GetBytes(content)).Classic.Database.Password!.Reveal(), Is.EqualTo(value));
    }

    [Test]
    public void A_file_without_a_usable_secret_is_a_problem()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => FromFile([]), Throws.InstanceOf<SettingsException>().With.Message.Contains("an empty file"));
            Assert.That(() => FromFile("\n"u8.ToArray()), Throws.InstanceOf<SettingsException>().With.Message.Contains("an empty file"));
            Assert.That(() => FromFile([0xff, 0xfe, 0x00]), Throws.InstanceOf<SettingsException>().With.Message.Contains("UTF-8"));
            Assert.That(() => FromFile(new byte[70_000]), Throws.InstanceOf<SettingsException>().With.Message.Contains("at most"));
        });
    }

    private static SeidraSettings FromFile(byte[] content)
    {
        var folder = Directory.CreateTempSubdirectory("seidra-secret-");
        try
        {
            File.WriteAllBytes(Path.Combine(folder.FullName, "password"), content);
            File.WriteAllText(Path.Combine(folder.FullName, "seidra.yaml"), Given.With("    password: ${DB_PASSWORD}", "    password: file:password"));
            return SettingsLoader.Load(Given.Sources(Path.Combine(folder.FullName, "seidra.yaml")));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string[] Texts(object value) =>
    [
        value.ToString()!,
        $"{value}",
        string.Format("{0}", value),
        "" + value,
        JsonSerializer.Serialize(value),
        JsonSerializer.Serialize<object>(new { value }),
        JsonSerializer.Serialize(new Dictionary<string, object> { ["v"] = value }, WithFields),
    ];
}
