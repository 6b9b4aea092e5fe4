namespace Seidra.Database.Tests.Alembic;

public sealed class RevisionChainTests
{
    [Test]
    public void A_sound_chain_has_one_head_and_no_problem()
    {
        var chain = Read(Versions.Mended);

        Assert.Multiple(() =>
        {
            Assert.That(chain.Heads, Is.EqualTo(new[] { "20241009_0003" }));
            Assert.That(chain.Problems, Is.Empty);
            Assert.That(chain.Pending(["20240925_0001"]), Is.EqualTo(new[] { "20241003_0002", "20241009_0003" }));
            Assert.That(chain.Pending(["20241009_0003"]), Is.Empty);
        });
    }

    [Test]
    public void The_parent_that_upstream_names_wrong_is_one_problem_with_the_nearest_revision()
    {
        var chain = Read(Versions.Upstream);

        Assert.Multiple(() =>
        {
            Assert.That(chain.Problems.Select(problem => problem.Kind), Is.EqualTo(new[] { AlembicProblemKind.BrokenLink }));
            Assert.That(chain.Problems[0].Message, Does.Contain("'20241003_0002_add_generation_metrics_table', which does not exist; the nearest is '20241003_0002'"));
            Assert.That(chain.Heads, Is.EqualTo(new[] { "20241009_0003" }));
            Assert.That(chain.Pending(["20240925_0001"]), Has.Count.EqualTo(2));
        });
    }

    [Test]
    public void A_parent_with_a_slip_is_named_with_the_nearest_but_not_believed()
    {
        var chain = Read(("a", "20240925_0001", "None"), ("b", "20241003_0002", "'20240925_0010'"));

        Assert.That(chain.Problems.Select(problem => problem.Kind), Is.EqualTo(new[] { AlembicProblemKind.BrokenLink, AlembicProblemKind.SeveralHeads }));
        Assert.That(chain.Problems[0].Message, Does.Contain("nearest is '20240925_0001'"));
    }

    [Test]
    public void Branches_are_two_heads_and_a_merge_is_one()
    {
        var branched = Read(("a", "a", "None"), ("b", "b", "'a'"), ("c", "c", "'a'"));
        var merged = Read(("a", "a", "None"), ("b", "b", "'a'"), ("c", "c", "'a'"), ("d", "d", "('b', 'c')"));

        Assert.Multiple(() =>
        {
            Assert.That(branched.Heads, Is.EqualTo(new[] { "b", "c" }));
            Assert.That(branched.Problems.Single().Message, Does.Contain("found 2: b, c"));
            Assert.That(merged.Problems, Is.Empty);
            Assert.That(merged.Pending(["b"]), Is.EqualTo(new[] { "c", "d" }));
            Assert.That(merged.Pending([]), Is.EqualTo(new[] { "a", "b", "c", "d" }));
        });
    }

    [Test]
    public void Revisions_that_descend_from_themselves_are_named()
    {
        var chain = Read(("a", "a", "None"), ("b", "b", "'c'"), ("c", "c", "'b'"));

        Assert.That(chain.Problems.Single(problem => problem.Kind == AlembicProblemKind.Cycle).Message, Does.Contain("b, c"));
    }

    [Test]
    public void Equal_revisions_and_unreadable_files_are_named()
    {
        var chain = Read(("one", "a", "None"), ("two", "a", "None"), ("three", "b", "PARENT"));

        Assert.That(chain.Problems.Select(problem => problem.Kind), Is.EquivalentTo(new[] { AlembicProblemKind.DuplicateRevision, AlembicProblemKind.UnreadableFile }));
        Assert.That(chain.Problems[^1].Message, Does.Contain("one.py and two.py"));
    }

    [Test]
    public void A_folder_without_revisions_is_named()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder["__init__.py"], "");

        Assert.That(RevisionChain.Read(folder.Path).Problems.Single().Kind, Is.EqualTo(AlembicProblemKind.NoRevisions));
        Assert.That(RevisionChain.Read(folder["none"]).Problems.Single().Message, Does.Contain(folder["none"]));
    }

    private static RevisionChain Read(params (string Stem, string Revision, string Parent)[] files)
    {
        using var folder = new TempFolder();
        return RevisionChain.Read(Versions.Write(folder.Path, files));
    }
}
