using Cake.Core;
using Cake.Core.Configuration;
using Cake.Core.Packaging;
using Cake.Frosting.Tests.Scenarios;
using Cake.Frosting.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Tests;

/// <summary>What a program can tell its host. One test at a time: the working directory is the process's.</summary>
[NonParallelizable]
public sealed class HostTests
{
    private string _directory = string.Empty;

    [SetUp]
    public void KeepDirectory() => _directory = Environment.CurrentDirectory;

    [TearDown]
    public void RestoreDirectory() => Environment.CurrentDirectory = _directory;

    [Test]
    public void UseContext_hands_the_context_to_tasks_as_the_facet_they_ask_for() =>
        Assert.That(
            InProcess.Run(host => host.ConfigureServices(services => services.AddSingleton(new Greeting("hello"))).UseContext<FacetContext>(), "--target=WantsFacet").Out,
            Does.Contain("facet hello"));

    [Test]
    public void A_context_without_the_facet_is_named()
    {
        var outcome = InProcess.Run("--target=WantsFacet");
        Assert.That(outcome.Error, Does.Contain("WantsFacetTask expects a context of type Cake.Frosting.Tests.Scenarios.IFacet, but the run has Cake.Frosting.FrostingContext"));
        Assert.That(outcome.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void UseStartup_registers_services_and_context() =>
        Assert.That(
            InProcess.Run(host => host.UseStartup<Startup>().UseSetup<FacetSetup>(), "--target=WantsFacet").Out,
            Does.Contain("setup from startup").And.Contain("facet from startup"));

    [Test]
    public void Setup_and_teardown_surround_the_run_and_each_task() =>
        Assert.That(
            Lines(InProcess.Run(host => host.UseSetup<Before>().UseTeardown<After>().UseTaskSetup<BeforeTask>().UseTaskTeardown<AfterTask>(), "--target=Ok", "--no-report")),
            Is.EqualTo(new[] { "before the run to Ok", "before Ok", "ok runs", "after Ok", "after the run, ok=True" }));

    [Test]
    public void Lifetimes_surround_the_run_and_each_task() =>
        Assert.That(
            Lines(InProcess.Run(host => host.UseLifetime<Both>().UseTaskLifetime<BothTask>(), "--target=Ok", "--no-report")),
            Is.EqualTo(new[] { "lifetime begins", "task lifetime begins", "ok runs", "task lifetime ends", "lifetime ends" }));

    [Test]
    public void The_last_one_named_counts() =>
        Assert.That(
            Lines(InProcess.Run(host => host.UseLifetime<Both>().UseSetup<Before>(), "--target=Ok", "--no-report")),
            Is.EqualTo(new[] { "before the run to Ok", "ok runs", "lifetime ends" }));

    [Test]
    public void The_services_take_all_that_the_host_takes()
    {
        var installations = new Installations();
        var outcome = InProcess.Run(
            host => host.ConfigureServices(services => services
                .AddSingleton(new Greeting("by services")).AddSingleton(installations)
                .UseContext<FacetContext>().UseLifetime<Both>().UseSetup<Before>().UseTeardown<After>()
                .UseTaskLifetime<BothTask>().UseTaskSetup<BeforeTask>().UseTaskTeardown<AfterTask>()
                .UseModule<GreetingModule>().UsePackageInstaller<FakeInstaller>().UseTool(new Uri("fake:?package=one"))
                .UseWorkingDirectory(Path.GetTempPath()).UseToolPath("elsewhere").UseCakeSetting("Some_Key", "some value")),
            "--target=WantsFacet",
            "--no-report");
        Assert.That(Lines(outcome), Is.EqualTo(new[] { "before the run to WantsFacet", "before WantsFacet", "facet by module", "after WantsFacet", "after the run, ok=True" }));
        Assert.That(installations.All, Is.EqualTo(new[] { ("one", Path.Combine(Path.GetTempPath(), "elsewhere")) }));
    }

    [Test]
    public void InstallTool_asks_the_installers_for_each_tool_before_the_run()
    {
        var installations = new Installations();
        var outcome = InProcess.Run(
            host => host.ConfigureServices(services => services.AddSingleton(installations)).UsePackageInstaller<FakeInstaller>()
                .InstallTool(new Uri("fake:?package=one&version=1.0")).InstallTool(new Uri("fake:?package=two")).SetToolPath("/tools"),
            "--target=Ok");
        Assert.That(installations.All, Is.EqualTo(new[] { ("one", "/tools"), ("two", "/tools") }));
        Assert.That(outcome.ExitCode, Is.Zero);
    }

    [Test]
    public void A_tool_that_nothing_can_install_fails_the_run()
    {
        var outcome = InProcess.Run(host => host.InstallTool(new Uri("unheard:?package=one")), "--target=Ok");
        Assert.That(outcome.ExitCode, Is.EqualTo(1));
        Assert.That(outcome.Error, Does.Contain("unheard"));
        Assert.That(outcome.Out, Does.Not.Contain("ok runs"));
    }

    [TestCase("nuget:?package=x", ExpectedResult = true)]
    [TestCase("dotnet:?package=x", ExpectedResult = true)]
    [TestCase("npm:?package=x", ExpectedResult = false)]
    public bool NuGet_packages_and_dotnet_tools_can_be_installed(string tool)
    {
        var can = false;
        InProcess.Run(
            host => host.ConfigureServices(services => services.AddSingleton(new Probe(provider =>
                can = provider.GetServices<IPackageInstaller>().Any(installer => installer.CanInstall(new PackageReference(tool), PackageType.Tool))))).UseSetup<ProbeSetup>(),
            "--target=Ok");
        return can;
    }

    [Test]
    public void A_tool_installer_of_the_programs_own_takes_over()
    {
        var installer = new OwnInstaller();
        InProcess.Run(host => host.ConfigureServices(services => services.AddSingleton<IToolInstaller>(installer)).InstallTool(new Uri("any:?package=one")), "--target=Ok");
        Assert.That(installer.Installed, Is.EqualTo(new[] { "one" }));
    }

    [Test]
    public void The_working_directory_is_that_of_the_program_unless_the_command_line_names_one()
    {
        using var other = new TemporaryFolder();
        string? used = null;
        void Configure(CakeHost host) => host.UseWorkingDirectory(Path.GetTempPath()).UseSetup<ProbeSetup>()
            .ConfigureServices(services => services.AddSingleton(new Probe(provider => used = provider.GetRequiredService<ICakeEnvironment>().WorkingDirectory.FullPath)));

        InProcess.Run(Configure, "--target=Ok");
        Assert.That(used, Is.EqualTo(Path.GetTempPath().TrimEnd('/')));
        InProcess.Run(Configure, "--target=Ok", $"--working={other.Path}");
        Assert.That(used, Is.EqualTo(other.Path));
    }

    [Test]
    public void Settings_come_from_the_program_then_cake_config_then_the_command_line()
    {
        using var folder = new TemporaryFolder();
        string? value = null;
        void Configure(CakeHost host) => host.UseWorkingDirectory(folder.Path).UseCakeSetting("Paths_Tools", "by-program").UseSetup<ProbeSetup>()
            .ConfigureServices(services => services.AddSingleton(new Probe(provider => value = provider.GetRequiredService<ICakeConfiguration>().GetValue("Paths_Tools"))));

        InProcess.Run(Configure, "--target=Ok");
        Assert.That(value, Is.EqualTo("by-program"));
        File.WriteAllText(Path.Combine(folder.Path, "cake.config"), "[Paths]\nTools=by-file\n");
        InProcess.Run(Configure, "--target=Ok");
        Assert.That(value, Is.EqualTo("by-file"));
        InProcess.Run(Configure, "--target=Ok", "--paths_tools=by-argument");
        Assert.That(value, Is.EqualTo("by-argument"));
    }

    [Test]
    public void A_report_printer_of_the_programs_own_takes_over()
    {
        var printer = new CountingPrinter();
        var outcome = InProcess.Run(host => host.ConfigureServices(services => services.AddSingleton<ICakeReportPrinter>(printer)), "--target=Ok");
        Assert.That(printer.Reported, Is.EqualTo(new[] { "Ok" }));
        Assert.That(outcome.Out, Does.Not.Contain("Duration"));
    }

    [Test]
    public void UseModule_registers_what_the_module_brings() =>
        Assert.That(
            InProcess.Run(host => host.UseModule<GreetingModule>().UseContext<FacetContext>(), "--target=WantsFacet").Out,
            Does.Contain("facet by module"));

    private static string[] Lines(Outcome outcome) =>
        [.. outcome.Out.Split('\n').Where(line => line.Length > 0 && line[0] is not ('-' or '=') && line is not ("Setup" or "TearDown" or "Ok" or "WantsFacet"))];
}
