using System.Text.Json.Nodes;

namespace Seidra.EndToEnd.Tests;

/// <summary>What every finished cutover must have proven, whatever happened on the way.</summary>
public static class Proof
{
    /// <summary>Asserts the report of a finished rehearsal: as every cutover, and its client lost no write.</summary>
    public static void OfCutover(JsonNode report)
    {
        OfMoved(report);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((long)report["probe"]!["acknowledgedWrites"]!, Is.Positive);
            Assert.That((long)report["probe"]!["lostWrites"]!, Is.Zero, "acknowledged writes that Ultimate does not hold");
            Assert.That((long)report["probe"]!["doubledWrites"]!, Is.Zero, "acknowledged writes that Ultimate holds twice");
        }
    }

    /// <summary>Asserts the report of a finished cutover: no red line, every row and object accounted for.</summary>
    public static void OfMoved(JsonNode report)
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var line in report["guide"]!.AsArray())
            {
                Assert.That((string)line!["status"]!, Is.EqualTo("passed").Or.EqualTo("pending"), $"guide line {line["id"]}: {line["evidence"]}");
            }

            foreach (var table in report["database"]!["tables"]!.AsArray())
            {
                Assert.That((bool)table!["checksumEqual"]!, Is.True, table.ToJsonString());
                Assert.That(
                    (long)table["sourceRows"]!, Is.EqualTo((long)table["migratedRows"]! + (long)table["quarantinedRows"]!), table.ToJsonString());
            }

            Assert.That((long)report["media"]!["objects"]!, Is.Positive);
        }
    }

    /// <summary>The part of the report that must not depend on how often the run was cut.</summary>
    public static string FinalState(JsonNode report) => string.Join('\n', report["guide"]!.AsArray().Select(line => $"{line!["id"]} {line["status"]}"));
}
