using Microsoft.Extensions.Options;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Delegation;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Tokens;
using PlexAuth.Server.Tokens.Transient;

namespace PlexAuth.Server.Emulator;

/// <summary>Plays the media servers of seeds and personas, which run nowhere: their transient tokens look right, and nobody takes them. Those that reported are called.</summary>
internal sealed class SeededDelegation(TransientTokens transients, OwnServer own, IOptions<PlexAuthServerOptions> options, TimeProvider time) : SourceDelegation(own, options, time)
{
    public override async Task<PlexToken?> AskAsync(Source source, TokenGrant caller, CancellationToken cancellationToken) =>
        source.ReportedFrom is null ? transients.Mint(caller, source.Name.Identifier)?.Token : await base.AskAsync(source, caller, cancellationToken);
}
