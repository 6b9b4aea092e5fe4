namespace Seidra.Reporting.Html;

/// <summary>What a client saw that knows nothing of the migration.</summary>
internal static class ProbeSection
{
    public static void Write(HtmlPage page, MigrationReport report)
    {
        using (Section.Open(page, "Probe"))
        {
            if (report.Probe is not { } probe)
            {
                Section.Nothing(page, "NoProbe");
                return;
            }

            FigureList.Write(
                page,
                ("Requests", Show("requests")),
                ("Failed", Show("failed")),
                ("AcknowledgedWrites", Show("acknowledgedWrites")),
                ("LostWrites", Show("lostWrites")),
                ("DoubledWrites", Show("doubledWrites")),
                ("WritePause", Show("writePauseMs")),
                ("Downtime", Show("downtimeMs")));

            string Show(string name) => Figure.Show(name, probe[name], page.Words.Language);
        }
    }
}
