using System.Globalization;
using System.Text.Json.Nodes;
using Seidra.Journal;

namespace Seidra.Reporting.Html;

/// <summary>The last attempt of every step on one axis, with the write pause.</summary>
internal static class TimelineSection
{
    public static void Write(HtmlPage page, MigrationReport report)
    {
        var steps = report.Journal.Steps.Values.Where(step => step.StartedAt is not null).OrderBy(step => step.StartedAt).ToList();
        if (steps.Count == 0)
        {
            return;
        }

        var axis = new TimeAxis(steps.Select(step => (step.StartedAt!.Value, End(step))));
        var marks = Marks(page.Words, report, axis);
        using (Section.Open(page, "Timeline"))
        {
            Legend(page, marks);
            using (page.In("table", ("class", "timeline")))
            {
                Head(page, steps[0].StartedAt!.Value, steps.Max(End));
                using (page.In("tbody"))
                {
                    foreach (var step in steps)
                    {
                        Row(page, step, axis, marks);
                    }
                }
            }
        }
    }

    private static List<Mark> Marks(Wording words, MigrationReport report, TimeAxis axis)
    {
        var marks = axis.Cuts.Select(cut => new Mark("cut", cut, 0, words.Word("IdleTime"))).ToList();
        var journal = report.Journal;
        if (journal.Steps.GetValueOrDefault("FreezeClassic") is { Status: StepStatus.Passed, StartedAt: { } frozen }
            && journal.Steps.GetValueOrDefault("SwitchTraffic") is { Status: StepStatus.Passed, EndedAt: { } switched })
        {
            marks.Add(Mark.Between("freeze", axis.Place(frozen), axis.Place(switched), words.Word("FreezeWindow")));
            if (journal.Facts.GetValueOrDefault("freeze") is JsonObject freeze && Figure.Value(freeze["pauseMs"]) is { } pause)
            {
                marks.Add(Mark.Between("held", axis.Place(switched.AddMilliseconds(-pause)), axis.Place(switched), words.Fill("WritesHeld", freeze)));
            }
        }

        return marks;
    }

    private static void Legend(HtmlPage page, List<Mark> marks)
    {
        using (page.In("ul", ("class", "legend")))
        {
            foreach (var mark in marks.DistinctBy(mark => mark.Style))
            {
                using (page.In("li"))
                {
                    page.Element("span", "", ("class", $"key {mark.Style}"), ("aria-hidden", "true"));
                    page.Text(mark.Label);
                }
            }
        }
    }

    private static void Head(HtmlPage page, DateTimeOffset first, DateTimeOffset last)
    {
        using (page.In("thead"))
        using (page.In("tr"))
        {
            page.Element("th", page.Words.Word("Step"), ("scope", "col"));
            using (page.In("th", ("scope", "col"), ("class", "ends")))
            {
                page.Element("span", Figure.Instant(first));
                page.Element("span", Figure.Instant(last));
            }

            page.Element("th", page.Words.Word("Duration"), ("scope", "col"), ("class", "number"));
        }
    }

    private static void Row(HtmlPage page, StepState step, TimeAxis axis, List<Mark> marks)
    {
        using (page.In("tr"))
        {
            using (page.In("th", ("scope", "row")))
            {
                Badge.WriteSign(page, step.Status);
                page.Element("code", step.Name);
            }

            using (page.In("td", ("class", "track")))
            using (page.In("div", ("aria-hidden", "true")))
            {
                foreach (var mark in marks.Append(Mark.Between($"bar {Badge.Style(step.Status)}", axis.Place(step.StartedAt!.Value), axis.Place(End(step)), "")))
                {
                    page.Element("span", "", ("class", mark.Style), ("style", mark.Position));
                }
            }

            page.Element("td", page.Words.Duration(step.Duration), ("class", "number"));
        }
    }

    // A step whose process died has no end; its begin is all that is known.
    private static DateTimeOffset End(StepState step) => step.EndedAt ?? step.StartedAt!.Value;

    private sealed record Mark(string Style, double At, double Width, string Label)
    {
        // A step that ends with the axis and took no time would lie beyond its edge.
        public string Position => string.Create(CultureInfo.InvariantCulture, $"left:min({At:0.##}%,100% - 4px);width:{Width:0.##}%");

        public static Mark Between(string style, double from, double to, string label) => new(style, from, to - from, label);
    }
}
