using PlexAuth.Tests.Postgres;

namespace PlexAuth.Faults.Tests;

public sealed class PostgresLifetime : IDisposable
{
    public void Dispose() => PostgresCluster.StopShared();
}
