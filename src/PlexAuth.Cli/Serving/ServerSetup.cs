using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using PlexAuth.Server;

namespace PlexAuth.Cli.Serving;

// What a server is built from.
internal sealed record ServerSetup(IReadOnlyList<string> Http, LogLevel LogLevel, bool Colors)
{
    public required Action<PlexAuthServerOptions> Server { get; init; }

    // Null for a server in earnest, which has no controls.
    public Action<PlexEmulatorOptions>? Emulator { get; init; }

    public X509Certificate2? Certificate { get; init; }

    // Listens already; null where the addresses say where to.
    public Socket? Door { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public IReadOnlyList<string> Addresses => Certificate is null ? Http : [.. Http.Select(address => address.Replace("http://", "https://", StringComparison.Ordinal))];
}
