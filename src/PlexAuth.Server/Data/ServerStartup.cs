using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using PlexAuth.Server.DeviceKeys.Issuer;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.Personas;
using PlexAuth.Server.Replicas;

namespace PlexAuth.Server.Data;

/// <summary>Opens what the server keeps before anything listens; what is wrong with it ends the start.</summary>
internal sealed class ServerStartup(
    Database database, KeyRing keys, OwnServer own, IssuerKeyService issuer, DevPersonas personas, ReplicaWatch replicas, IOptions<PlexAuthServerOptions> options) : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await using var held = await database.LockStartAsync(cancellationToken);
        await database.OpenAsync(cancellationToken);
        await keys.OpenAsync(database, cancellationToken);
        await own.OpenAsync(cancellationToken);
        await personas.SeedAsync(cancellationToken);
        await replicas.OpenAsync(cancellationToken);

        // Without OpenSSL 3 the server does without device keys, and says so when one is used.
        if (PlexSigningKey.IsSupported && options.Value.AccountUrl is null)
            await issuer.GetAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
