using PlexAuth.Internal;
using PlexAuth.Internal.Http;

namespace PlexAuth;

/// <summary>The members of a Plex Home, and being one of them for a while. Get it from <see cref="PlexClient.Home"/>; thread-safe.</summary>
public sealed class PlexHomeClient
{
    private readonly Transport _transport;
    private readonly TokenCache _tokens;
    private readonly ClientSettings _settings;

    internal PlexHomeClient(Transport transport, TokenCache tokens, ClientSettings settings)
    {
        _transport = transport;
        _tokens = tokens;
        _settings = settings;
    }

    /// <summary>Lists the Home of the token's account with everybody in it (<c>GET /home/users</c>).</summary>
    /// <exception cref="PlexException">The call failed; the type says how.</exception>
    public Task<PlexHome> ListAsync(PlexCallOptions? options = null, CancellationToken cancellationToken = default) =>
        _transport.SendAsync(new Call(Operation.HomeUsers, options), PlexHome.Read, cancellationToken);

    /// <summary>Becomes another member (<c>POST /home/users/{id}/switch</c>): that person's token is the client's own until <see cref="Restore"/>.</summary>
    /// <remarks>
    /// A server takes its tokens from the list of servers: list them again after switching, and connect with what that person has. The answer's token is for
    /// that person; keep it apart from the account's. With <see cref="PlexCallOptions.Token"/>, at another account service or for another client identifier the
    /// client's own token is left as it is.
    /// </remarks>
    /// <param name="user">The number or the uuid of one of <see cref="PlexHome.Users"/>.</param>
    /// <param name="pin">The person's PIN, four digits; null if there is none. Sent in the body, never in the address.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PlexHomePinRequiredException">The PIN is wanted, or wrong.</exception>
    /// <exception cref="PlexRateLimitedException">Too many wrong PINs.</exception>
    public async Task<PlexAccount> SwitchAsync(string user, string? pin = null, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        var call = new Call(Operation.HomeSwitch, options)
        {
            Item = $"/{Uri.EscapeDataString(user)}/switch",
            Form = [new("pin", pin)],
            Secrets = [pin ?? ""],
        };

        var account = await _transport.SendAsync(call, PlexAccount.ReadSignIn, cancellationToken).ConfigureAwait(false);
        if (options?.Token is null && _settings.BringsOwnToken(options))
            _tokens.Switched(account.AuthToken);
        return account;
    }

    /// <summary>Becomes again who the client was before the first <see cref="SwitchAsync"/>. Nothing is sent; the other person's token stays valid.</summary>
    /// <returns>False if the client had not switched, or has signed in or out since.</returns>
    public bool Restore() => _tokens.Restore();
}
