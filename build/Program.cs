using Cake.Frosting;
using Seidra.Cutover.Contexts;
using Seidra.Cutover.Hosting;
using Seidra.Cutover.Lifetime;

return new CakeHost()
    .UseContext<CutoverContext>()
    .UseLifetime<CutoverLifetime>()
    .UseTaskLifetime<CutoverTaskLifetime>()
    .Run(PrintedTargets.Quiet(args));
