using Cake.Common;
using Cake.Core;

namespace Cake.Frosting.Sample;

[TaskArgument("configuration", "What is built", ValueName = "NAME")]
[ExitCode(0, "done")]
[ExitCode(42, "the task Fail has failed")]
public sealed class SampleContext(ICakeContext context) : FrostingContext(context)
{
    public string BuildConfiguration { get; } = context.Argument("configuration", "Release");
}
