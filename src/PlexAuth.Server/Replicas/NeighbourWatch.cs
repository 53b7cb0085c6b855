using Microsoft.Extensions.Logging;
using PlexAuth.Server.Data;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Replicas;

/// <summary>Hears of what another process does to this one's SQLite database, such as a command of whoever operates the server.</summary>
internal sealed class NeighbourWatch(Database database, TokenCache cache, TimeProvider time, ILogger<NeighbourWatch> logger)
    : RegularService("Looking for changes by other processes", Interval, time, logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long? _seen;

    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var version = await database.ForeignVersionAsync(cancellationToken);
        if (version != _seen)
            cache.Forget(_ => true);
        _seen = version;
    }

    protected override Task WorkAsync(CancellationToken cancellationToken) => LookAsync(cancellationToken);
}
