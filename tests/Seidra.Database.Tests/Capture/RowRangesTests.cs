namespace Seidra.Database.Tests.Capture;

/// <summary>Exactly the rows that were read, in portions.</summary>
public sealed class RowRangesTests
{
    [TestCase(1)]
    [TestCase(7)]
    [TestCase(1000)]
    public void The_portions_hold_every_number_once_and_no_other(int size)
    {
        var random = new Random(size);
        var (ranges, numbers) = (new RowRanges(), new List<long>());
        for (var number = 1L; numbers.Count < 500; number += random.Next(3) == 0 ? random.Next(1, 5) : 1)
        {
            numbers.Add(number);
            ranges.Add(number);
        }

        var slices = ranges.Slices(size).Select(slice => slice.Low.Zip(slice.High).SelectMany(part => Range(part.First, part.Second)).ToList()).ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(slices.SelectMany(slice => slice), Is.EqualTo(numbers));
            Assert.That(slices.Select(slice => slice.Count), Has.All.LessThanOrEqualTo(size));
            Assert.That(slices, Has.Count.EqualTo((numbers.Count + size - 1) / size));
        }
    }

    private static IEnumerable<long> Range(long low, long high)
    {
        for (var number = low; number <= high; number++)
            yield return number;
    }
}
