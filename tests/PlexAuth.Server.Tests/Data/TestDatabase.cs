using System.Security.Cryptography;
using System.Text;
using PlexAuth.Tests.Postgres;

namespace PlexAuth.Server.Tests.Data;

/// <summary>Gives a server the database that its test asks for. A data directory stands for one database, so that a second start on it finds the first one's rows.</summary>
internal sealed class TestDatabase : IDisposable
{
    private TemporaryDirectory? _keys;

    public void Configure(PlexAuthServerOptions options)
    {
        if (!OnPostgresAttribute.OfThisTest || options.Database is not null)
            return;
        Assert.SkipWhen(PostgresCluster.Missing is not null, PostgresCluster.Missing ?? "");
        options.DataDirectory ??= (_keys ??= new TemporaryDirectory()).Path;
        options.Database = For(options.DataDirectory);
    }

    public static string For(string directory) =>
        PostgresCluster.Shared.ConnectionString("t" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(directory)))[..16]);

    public void Dispose() => _keys?.Dispose();
}
