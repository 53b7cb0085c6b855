namespace PlexAuth.Server.MediaServer.Authority;

/// <summary>
/// The tokens that live transient tokens of this instance were made from, to ask the account service about them again. In memory alone: a restart ends the transient
/// tokens as well.
/// </summary>
internal sealed class TransientParents(TimeProvider time)
{
    private const int Capacity = 10_000;
    private readonly Lock _gate = new();
    private readonly Dictionary<long, Parent> _parents = [];

    public void Keep(long id, PlexToken token)
    {
        lock (_gate)
        {
            if (_parents.Count >= Capacity && !_parents.ContainsKey(id))
                MakeRoom();
            _parents[id] = new(token, time.GetUtcNow());
        }
    }

    public PlexToken? Find(long id)
    {
        lock (_gate)
            return _parents.GetValueOrDefault(id)?.Token;
    }

    public void Forget(long id)
    {
        lock (_gate)
            _parents.Remove(id);
    }

    /// <summary>Whoever asked for a transient token least recently has no use for it soonest.</summary>
    private void MakeRoom()
    {
        foreach (var (id, _) in _parents.OrderBy(parent => parent.Value.KeptAt).Take(Capacity / 10).ToList())
            _parents.Remove(id);
    }

    private sealed record Parent(PlexToken Token, DateTimeOffset KeptAt);
}
