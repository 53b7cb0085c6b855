using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server;

namespace PlexAuth.Testing;

/// <summary>What an instance leaves to the one that takes its place.</summary>
internal sealed record Previous(string Address, byte[] State, PlexEmulatorClock Clock, PlexEmulatorFaults Faults, PlexEmulatorRequests Requests)
{
    public static async Task<Previous> OfAsync(PlexTestServer server, CancellationToken cancellationToken) => new(
        server.ServerUrl.GetLeftPart(UriPartial.Authority), await server.Emulator.ExportStateAsync(cancellationToken), server.Clock, server.Faults, server.Requests);

    public void Register(IServiceCollection services) => services.AddSingleton(Clock).AddSingleton(Faults).AddSingleton(Requests);
}
