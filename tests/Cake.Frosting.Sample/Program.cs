using System.Reflection;
using Cake.Frosting;
using Cake.Frosting.Sample;

var host = CakeHost.Create()
    .UseContext<SampleContext>()
    .UseLifetime<SampleLifetime>()
    .UseTaskLifetime<SampleTaskLifetime>();

// More tasks for a test that needs a process of its own.
if (Environment.GetEnvironmentVariable("SAMPLE_TASKS") is { } assembly)
    host.AddAssembly(Assembly.LoadFrom(assembly));

return host.Run(args);
