using Microsoft.Extensions.Diagnostics.HealthChecks;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Health;

/// <summary>Whether the database takes writes. Asked at most once a second, however often somebody looks.</summary>
internal sealed class DatabaseProbe(Database database, TimeProvider time) : IHealthCheck, IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private HealthCheckResult _last;
    private long? _probedAt;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_probedAt is not { } probedAt || time.GetElapsedTime(probedAt) >= Fresh)
            {
                _last = await ProbeAsync(cancellationToken);
                _probedAt = time.GetTimestamp();
            }

            return _last;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<HealthCheckResult> ProbeAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync(session => SettingStore.SetAsync(session, "probed_at", time.GetUtcNow().ToString("O")), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (DatabaseUnavailableException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
