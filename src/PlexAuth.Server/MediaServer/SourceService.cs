using PlexAuth.Server.MediaServer.Authority;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.MediaServer;

/// <summary>Tells the server's owner how to reach another source, and gives a token for it.</summary>
internal sealed class SourceService(ServerAuthority authority, DelegationService delegation, TransientTokens transients)
{
    /// <param name="source">As the caller sent it.</param>
    /// <param name="caller">A grant of the server's owner: an account token, or a transient one made from it.</param>
    /// <param name="callerToken">The token behind <paramref name="caller"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<SourceResult> GetAsync(string? source, TokenGrant caller, PlexToken callerToken, CancellationToken cancellationToken)
    {
        if (caller.Access != ServerAccess.Owner)
            return new SourceResult.NotPermitted();
        if (SourceName.Parse(source) is not { } name)
            return new SourceResult.Malformed();
        var found = await authority.FindSourceAsync(name, caller, callerToken, cancellationToken);
        return found is null ? new SourceResult.Unknown() : new SourceResult.Found(found, AccessToken(found, caller, callerToken));
    }

    /// <summary>
    /// A transient token that the named source alone shall accept, so its owner cannot use it anywhere else. A transient caller mints nothing: it has its own token back
    /// for this server, which takes it already, and none for another.
    /// </summary>
    private PlexToken? AccessToken(Source source, TokenGrant caller, PlexToken callerToken) =>
        caller.Kind == PlexTokenKind.Transient ? source.IsOwn ? callerToken : null
        : source.IsOwn ? delegation.Delegate(caller, callerToken)?.Token
        : transients.Mint(caller, source.Name.Identifier)?.Token;
}

/// <summary>What became of asking for a source.</summary>
internal abstract record SourceResult
{
    private SourceResult()
    {
    }

    /// <param name="Source">Its own server has no stored connections: it is reached where this process listens.</param>
    /// <param name="AccessToken">Null when the caller may mint none.</param>
    public sealed record Found(Source Source, PlexToken? AccessToken) : SourceResult;

    /// <summary>Not of the form <c>server://…</c> or <c>provider://…</c>.</summary>
    public sealed record Malformed : SourceResult;

    /// <summary>Not registered, or not the caller's to see.</summary>
    public sealed record Unknown : SourceResult;

    /// <summary>Only the server's owner may ask.</summary>
    public sealed record NotPermitted : SourceResult;
}
