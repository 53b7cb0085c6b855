using System.Diagnostics;
using System.Security.Cryptography;
using PlexAuth.Server.Data;
using PlexAuth.Server.Randomness;
using PlexAuth.Server.Replicas;

namespace PlexAuth.Server.Tokens.Transient;

/// <summary>The instances whose transient tokens hold: this process, and on a shared database the others that are alive.</summary>
internal sealed class TransientEpochs(Database database, KeyRing keys, RandomSource random, TimeProvider time)
{
    /// <summary>Callers that meet a new instance's token within this time share one look at the database.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);

    private readonly Lock _changing = new();
    private Task? _refresh;
    private long _replacedAt;
    private volatile TransientEpoch _own = Create(random, time, leaseEndsAt: null);
    private volatile Dictionary<long, TransientEpoch> _others = [];

    /// <summary>Null while this process cannot say that it is alive: then nobody takes its tokens, itself included.</summary>
    public TransientEpoch? Own => _own is { Alive: true } own ? own : null;

    /// <summary>As it is now, alive or not.</summary>
    public TransientEpoch Current
    {
        get => _own;
        set => _own = value;
    }

    /// <param name="leaseEndsAt">A timestamp; null where no others have to be told that this process is alive.</param>
    public TransientEpoch Create(long? leaseEndsAt) => Create(random, time, leaseEndsAt);

    public TransientEpoch? Find(long id) => _own.Id == id ? Own : _others.TryGetValue(id, out var other) && other.Alive ? other : null;

    /// <summary>Asks the database when a token names an instance that is not known, which may just have started.</summary>
    public async ValueTask<TransientEpoch?> FindAsync(long id, CancellationToken cancellationToken)
    {
        if (Find(id) is { } known)
            return known;
        if (database.Postgres is null || _own.Id == id)
            return null;
        Task refresh;
        lock (_changing)
            refresh = _refresh ??= RefreshAsync();
        await refresh.WaitAsync(cancellationToken);
        return Find(id);
    }

    /// <returns>Whether an instance is gone since the last time.</returns>
    public bool Replace(IReadOnlyList<InstanceRow> rows, long askedAt)
    {
        lock (_changing)
        {
            var before = _others;
            _others = Read(rows, askedAt).ToDictionary(epoch => epoch.Id);
            _replacedAt = askedAt;
            return before.Keys.Any(id => !_others.ContainsKey(id));
        }
    }

    private static TransientEpoch Create(RandomSource random, TimeProvider time, long? leaseEndsAt) =>
        new(BitConverter.ToInt64(random.Bytes("instance", sizeof(long))), random.Bytes("transient key", 32), leaseEndsAt) { Uptime = TimeSpan.Zero, SeenAt = time.GetTimestamp() };

    private async Task RefreshAsync()
    {
        await Task.Delay(Gather);
        lock (_changing)
            _refresh = null;
        var askedAt = Stopwatch.GetTimestamp();
        Add(await database.ReadAsync(InstanceStore.ListAsync, CancellationToken.None), askedAt);
    }

    /// <summary>Leaves those that are gone to <see cref="Replace"/>, whose caller then forgets what is remembered of them.</summary>
    private void Add(IReadOnlyList<InstanceRow> rows, long askedAt)
    {
        lock (_changing)
        {
            if (_replacedAt < askedAt)
                _others = Read(rows, askedAt).UnionBy(_others.Values, epoch => epoch.Id).ToDictionary(epoch => epoch.Id);
        }
    }

    private IEnumerable<TransientEpoch> Read(IReadOnlyList<InstanceRow> rows, long askedAt) =>
        rows.Where(row => row.Id != _own.Id).Select(row => Read(row, askedAt)).OfType<TransientEpoch>();

    private TransientEpoch? Read(InstanceRow row, long askedAt)
    {
        try
        {
            return new(row.Id, keys.Unseal(InstanceStore.KeyPurpose, $"{row.Id}", row.SealedKey), askedAt + InstanceStore.Ticks(row.Remaining))
            {
                Uptime = TimeSpan.FromMilliseconds(row.Uptime),
                SeenAt = time.GetTimestamp(),
            };
        }
        catch (CryptographicException)
        {
            // Sealed under a key that came after this process read its key file: its tokens are unknown here until a restart.
            return null;
        }
    }
}
