using System.Diagnostics.CodeAnalysis;

namespace PlexAuth.AspNetCore.Accounts;

/// <summary>Keeps what was used last, and never more than its capacity. Knows nothing of time.</summary>
internal sealed class BoundedCache<TKey, TValue>(int capacity) where TKey : notnull
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<KeyValuePair<TKey, TValue>>> _nodes = [];
    private readonly LinkedList<KeyValuePair<TKey, TValue>> _byUse = [];

    public int Count
    {
        get
        {
            lock (_gate)
                return _nodes.Count;
        }
    }

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(key, out var node))
            {
                value = default;
                return false;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            value = node.Value.Value;
            return true;
        }
    }

    public void Set(TKey key, TValue value)
    {
        lock (_gate)
        {
            Drop(key);
            _nodes[key] = _byUse.AddFirst(KeyValuePair.Create(key, value));
            if (_nodes.Count > capacity)
                Drop(_byUse.Last!.Value.Key);
        }
    }

    public void Remove(TKey key)
    {
        lock (_gate)
            Drop(key);
    }

    private void Drop(TKey key)
    {
        if (_nodes.Remove(key, out var node))
            _byUse.Remove(node);
    }
}
