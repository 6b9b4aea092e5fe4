using System.Security.Cryptography;

namespace Seidra.Database.Tests.Backup;

public sealed class ZstdFileTests
{
    private const int Frame = 2 << 20;
    private TempFolder _folder = null!;

    [SetUp]
    public void Make() => _folder = new TempFolder();

    [TearDown]
    public void Remove() => _folder.Dispose();

    [Test]
    public async Task What_is_packed_unpacks_to_the_same([Values(0, 1, Frame - 1, Frame, Frame + 1, (9 * Frame) + 5)] int length, [Values] bool random)
    {
        var content = Content(length, random);
        File.WriteAllBytes(_folder["content"], content);

        var packed = await ZstdFile.PackAsync(_folder["content"], _folder["packed"], CancellationToken.None);
        await ZstdFile.UnpackAsync(_folder["packed"], _folder["again"], CancellationToken.None);

        Assert.That(packed, Is.EqualTo(length));
        Assert.That(SHA256.HashData(File.ReadAllBytes(_folder["again"])), Is.EqualTo(SHA256.HashData(content)));
    }

    [Test]
    public async Task Any_zstd_program_could_read_it()
    {
        var content = Content((3 * Frame) + 5, random: false);
        File.WriteAllBytes(_folder["content"], content);
        await ZstdFile.PackAsync(_folder["content"], _folder["packed"], CancellationToken.None);

        await using var packed = File.OpenRead(_folder["packed"]);
        await using var stream = new ZstdSharp.DecompressionStream(packed);
        Assert.That(await SHA256.HashDataAsync(stream), Is.EqualTo(SHA256.HashData(content)));
    }

    [TestCase(0, "the first head")]
    [TestCase(4, "the length of the first head")]
    [TestCase(9, "the length of the first frame")]
    [TestCase(-3, "the last frame")]
    public async Task A_changed_byte_is_an_error_in_words(int at, string where)
    {
        var bytes = await PackedAsync();
        bytes[at < 0 ? bytes.Length + at : at] ^= 0x41;
        File.WriteAllBytes(_folder["packed"], bytes);

        Assert.That(async () => await ZstdFile.UnpackAsync(_folder["packed"], _folder["again"], CancellationToken.None), Throws.TypeOf<DatabaseException>().With.Message.Contains("cut short or damaged"), where);
    }

    [Test]
    public async Task A_file_cut_short_is_an_error_in_words([Values(1, 11, 12, 40, 1000)] int missing)
    {
        var bytes = await PackedAsync();
        File.WriteAllBytes(_folder["packed"], bytes[..^missing]);

        Assert.That(async () => await ZstdFile.UnpackAsync(_folder["packed"], _folder["again"], CancellationToken.None), Throws.TypeOf<DatabaseException>().With.Message.Contains("cut short or damaged"));
    }

    private async Task<byte[]> PackedAsync()
    {
        File.WriteAllBytes(_folder["content"], Content(2 * Frame, random: true));
        await ZstdFile.PackAsync(_folder["content"], _folder["packed"], CancellationToken.None);
        return File.ReadAllBytes(_folder["packed"]);
    }

    private static byte[] Content(int length, bool random)
    {
        var content = new byte[length];
        if (random)
            new Random(7).NextBytes(content);
        return content;
    }
}
