using System.Text;

namespace Seidra.Media.Tests.Stores;

public sealed class KeyOrderTests
{
    [Test]
    public void Order_is_that_of_the_utf8_bytes()
    {
        var random = new Random(7);
        string[] pieces = ["a", "b", "/", "-", "é", "\uE000", "\uFFFD", "😀", "𐀀", "\u07FF", "\u0800", "~"];
        for (var i = 0; i < 20_000; i++)
        {
            var (x, y) = (Word(), Word());
            var expected = Encoding.UTF8.GetBytes(x).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y));
            Assert.That(Math.Sign(KeyOrder.Instance.Compare(x, y)), Is.EqualTo(Math.Sign(expected)), $"{x} and {y}");
        }

        string Word() => string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => pieces[random.Next(pieces.Length)]));
    }
}
