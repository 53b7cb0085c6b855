using PlexAuth.Internal.Http;
using PlexAuth.Internal.Pins;

namespace PlexAuth;

/// <summary>One sign-in by PIN on its way: show <see cref="Address"/> or <see cref="Code"/> to the person, then wait.</summary>
/// <remarks>Thread-safe. Nothing runs in the background: without a wait nobody polls, and what was not waited for can be resumed by <see cref="Id"/>.</remarks>
public sealed class PlexPinSignIn
{
    private readonly PinPoller _poller;
    private readonly TokenCache? _tokens;
    private readonly PlexAuthenticationClient _authentication;

    /// <param name="pin">As it was made.</param>
    /// <param name="address">For the browser.</param>
    /// <param name="linkAddress">For the code.</param>
    /// <param name="poller">Waits for it.</param>
    /// <param name="tokens">Takes the token; null if it is none for the client's own calls.</param>
    /// <param name="authentication">Knows whose token it is.</param>
    internal PlexPinSignIn(PlexPin pin, string address, string linkAddress, PinPoller poller, TokenCache? tokens, PlexAuthenticationClient authentication)
    {
        _poller = poller;
        _tokens = tokens;
        _authentication = authentication;
        Id = pin.Id;
        Code = pin.Code;
        Address = address;
        LinkAddress = linkAddress;
    }

    /// <summary>What <see cref="PlexPinClient.ResumeSignInAsync(long, PlexCallOptions?, CancellationToken)"/> takes up the sign-in by, in this process or another one of the same client identifier.</summary>
    public long Id { get; }

    /// <summary>What the person types at <see cref="LinkAddress"/>. A strong code is not meant to be typed.</summary>
    public string Code { get; }

    /// <summary>The page to open in a browser, on this device or, by a QR code, on another: it asks the person to sign in and to allow this app.</summary>
    /// <remarks>A text and not a <see cref="Uri"/>, whose <c>ToString()</c> would undo part of the escaping. It holds the code: show it, do not log it.</remarks>
    public string Address { get; }

    /// <summary>Where <see cref="Code"/> is typed, such as <c>https://plex.tv/link</c>.</summary>
    public string LinkAddress { get; }

    /// <summary>When waiting ends, by the client's own clock; a difference to the service's clock does not matter.</summary>
    public DateTimeOffset ExpiresAt => _poller.ExpiresAt;

    /// <summary>Waits until the person has decided. On success the token is the client's own and is used for its later calls.</summary>
    /// <remarks>
    /// Asks about once a second, less often while the service asks for that or cannot be reached; network failures and HTTP 5xx only end the wait at
    /// <see cref="ExpiresAt"/>. A token of another account service (<see cref="PlexCallOptions.ServerUrl"/>) or for another client identifier is only
    /// returned; the client's own stays as it is. A cancelled wait takes nothing back: wait again, or <see cref="PlexPinClient.ResumeSignInAsync(long, PlexCallOptions?, CancellationToken)">resume</see>.
    /// </remarks>
    /// <exception cref="PlexPinExpiredException">Nobody decided in time.</exception>
    /// <exception cref="PlexPinDeniedException">The person said no.</exception>
    /// <exception cref="PlexException">The service refuses the question itself, say a client identifier it does not like.</exception>
    public async Task<PlexToken> WaitForTokenAsync(CancellationToken cancellationToken = default)
    {
        var token = await _poller.WaitAsync(cancellationToken).ConfigureAwait(false);
        _tokens?.SignedIn(token);
        return token;
    }

    /// <summary>Waits like <see cref="WaitForTokenAsync"/> and then asks whose token it is.</summary>
    /// <remarks>Should only that last question fail, the sign-in has still happened: <see cref="PlexAuthenticationClient.GetTokenDetailsAsync"/> asks again.</remarks>
    /// <inheritdoc cref="WaitForTokenAsync" path="/exception"/>
    public async Task<PlexAccount> WaitAsync(CancellationToken cancellationToken = default)
    {
        var token = await WaitForTokenAsync(cancellationToken).ConfigureAwait(false);
        return await _authentication.GetTokenDetailsAsync(_poller.OptionsFor(token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The id only: address and code would let others confirm.</summary>
    public override string ToString() => $"{nameof(PlexPinSignIn)}({Id})";
}
