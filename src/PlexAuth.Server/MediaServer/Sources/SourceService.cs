using PlexAuth.Server.MediaServer.Authority;
using PlexAuth.Server.MediaServer.Delegation;
using PlexAuth.Server.Tokens;
using PlexAuth.Server.Tokens.Transient;

namespace PlexAuth.Server.MediaServer.Sources;

/// <summary>Tells the server's owner how to reach another source, and gives a token for it.</summary>
internal sealed class SourceService(ServerAuthority authority, DelegationService own, SourceDelegation others, TransientTokens transients)
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
        if (found is null)
            return new SourceResult.Unknown();

        // A transient caller mints nothing: it has its own token back for this server, which takes it already, and none for another.
        if (caller.Kind == PlexTokenKind.Transient)
            return new SourceResult.Found(found, found.IsOwn ? callerToken : null);
        return await AccessTokenAsync(found, caller, callerToken, cancellationToken) is { } token ? new SourceResult.Found(found, token) : new SourceResult.NotPermitted();
    }

    /// <summary>A transient token that the named source alone accepts, so its owner cannot use it anywhere else. Another media server makes it itself.</summary>
    private async Task<PlexToken?> AccessTokenAsync(Source source, TokenGrant caller, PlexToken callerToken, CancellationToken cancellationToken) =>
        source.IsOwn ? own.Delegate(caller, callerToken)?.Token
        : source.Name.Scheme == SourceName.Server ? await others.AskAsync(source, caller, cancellationToken)
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

    /// <summary>Only the server's owner may ask; and who cannot be given a token for the source is given nothing.</summary>
    public sealed record NotPermitted : SourceResult;
}
