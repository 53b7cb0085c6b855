using System.Security.Claims;

namespace PlexAuth.AspNetCore;

/// <summary>Which claims are made of a Plex account, in this order. Filled with Plex's own; add, replace or remove before the application starts.</summary>
public sealed class PlexClaimActions
{
    private readonly List<PlexClaimAction> _actions = [];

    internal PlexClaimActions()
    {
    }

    /// <summary>Makes a claim of one value; none where the value is null or empty.</summary>
    public void Map(string claimType, Func<PlexAccount, string?> value) => Map(claimType, ClaimValueTypes.String, value);

    /// <summary>The same with one of <see cref="ClaimValueTypes"/>.</summary>
    public void Map(string claimType, string valueType, Func<PlexAccount, string?> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        MapAll(claimType, valueType, account => value(account) is { } one ? [one] : []);
    }

    /// <summary>Makes a claim of each value, for instance one for each of the account's roles.</summary>
    public void MapAll(string claimType, string valueType, Func<PlexAccount, IEnumerable<string>> values)
    {
        ArgumentException.ThrowIfNullOrEmpty(claimType);
        ArgumentException.ThrowIfNullOrEmpty(valueType);
        ArgumentNullException.ThrowIfNull(values);
        _actions.Add(new PlexClaimAction(claimType, valueType, values));
    }

    /// <summary>Makes no claims of this type any more.</summary>
    public void Remove(string claimType) => _actions.RemoveAll(action => string.Equals(action.ClaimType, claimType, StringComparison.Ordinal));

    /// <summary>Makes no claims at all. Other parts then miss the <c>NameIdentifier</c>: map it anew.</summary>
    public void Clear() => _actions.Clear();

    internal void Run(PlexAccount account, ClaimsIdentity identity, string issuer)
    {
        foreach (var action in _actions)
        {
            foreach (var value in action.Values(account).Where(value => value.Length > 0))
                identity.AddClaim(new Claim(action.ClaimType, value, action.ValueType, issuer));
        }
    }

    private sealed record PlexClaimAction(string ClaimType, string ValueType, Func<PlexAccount, IEnumerable<string>> Values);
}
