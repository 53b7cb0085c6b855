using System.Text;
using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer.Sources;

namespace PlexAuth.Server.MediaServer.Authority;

/// <summary>The token that this media server got when it was claimed at an account service elsewhere. It reports where the server is, and nothing else.</summary>
internal sealed class OwnClaim(Database database, KeyRing keys, OwnServer own)
{
    private const string Purpose = "own-claim";

    /// <summary>The account service does not take the token any more. The server stays closed to strangers, and may be claimed anew.</summary>
    public bool IsDisowned { get; set; }

    public async ValueTask<PlexToken?> FindAsync(CancellationToken cancellationToken) =>
        await own.IsClaimedAsync(cancellationToken) && own.SealedClaim is { } claim
            ? new PlexToken(Encoding.UTF8.GetString(keys.Unseal(Purpose, own.MachineIdentifier, claim)))
            : null;

    public async Task ReplaceAsync(PlexToken? token, CancellationToken cancellationToken)
    {
        var claim = token is { } given ? keys.Seal(Purpose, own.MachineIdentifier, Encoding.UTF8.GetBytes(given.Reveal())) : null;
        await database.WriteAsync(session => SourceStore.SetOwnClaimAsync(session, claim), cancellationToken);
        await own.ReloadAsync(cancellationToken);
        IsDisowned = false;
    }
}
