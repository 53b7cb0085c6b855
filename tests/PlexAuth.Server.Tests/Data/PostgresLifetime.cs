using PlexAuth.Server.Tests.Data;
using PlexAuth.Tests.Postgres;

[assembly: AssemblyFixture(typeof(PostgresLifetime))]

namespace PlexAuth.Server.Tests.Data;

public sealed class PostgresLifetime : IDisposable
{
    public void Dispose() => PostgresCluster.StopShared();
}
