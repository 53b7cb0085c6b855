using System.Collections.Concurrent;

namespace PlexAuth.Internal.Sessions;

internal sealed class MemorySessionStore : PlexSessionStore
{
    private readonly ConcurrentDictionary<string, PlexSession> _sessions = new(StringComparer.Ordinal);

    public override ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken = default) => new([.. _sessions.Keys.Order(StringComparer.Ordinal)]);

    public override ValueTask<PlexSession?> LoadAsync(string profile = DefaultProfile, CancellationToken cancellationToken = default) =>
        new(_sessions.GetValueOrDefault(CheckProfile(profile)));

    protected override ValueTask WriteAsync(string profile, PlexSession? session, CancellationToken cancellationToken)
    {
        if (session is null)
            _sessions.TryRemove(CheckProfile(profile), out _);
        else
            _sessions[CheckProfile(profile)] = session;
        return ValueTask.CompletedTask;
    }
}
