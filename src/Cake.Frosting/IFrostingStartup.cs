using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting;

/// <summary>Registers the services of a program.</summary>
public interface IFrostingStartup
{
    /// <summary>Registers services.</summary>
    /// <param name="services">The services of the run.</param>
    void Configure(IServiceCollection services);
}
