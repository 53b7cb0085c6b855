using PlexAuth.Server.DeviceKeys.Issuer;

namespace PlexAuth.Server;

/// <summary>The keys by which this server signs tokens, for tools that administer it. Get it from the services of a started host.</summary>
public sealed class PlexAuthIssuerKeys
{
    private readonly IssuerKeyService _service;

    internal PlexAuthIssuerKeys(IssuerKeyService service) => _service = service;

    /// <summary>The published keys, oldest first; the last one signs.</summary>
    public async Task<IReadOnlyList<PlexAuthIssuerKey>> ListAsync(CancellationToken cancellationToken) => Describe(await _service.GetAsync(cancellationToken));

    /// <summary>Makes a new key sign from now on; other processes on the same database follow within five minutes. No token becomes invalid by it.</summary>
    public async Task<IReadOnlyList<PlexAuthIssuerKey>> RotateAsync(CancellationToken cancellationToken) => Describe(await _service.RotateAsync(cancellationToken));

    private static IReadOnlyList<PlexAuthIssuerKey> Describe(IssuerKeys keys) =>
        [.. keys.Published.Select(key => new PlexAuthIssuerKey(key.Key, key.CreatedAt, key.Signs))];
}

/// <summary>One published key.</summary>
/// <param name="Key">The public half.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Signs">Whether new tokens are signed by it.</param>
public sealed record PlexAuthIssuerKey(PlexJwk Key, DateTimeOffset CreatedAt, bool Signs);
