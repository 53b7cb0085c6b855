using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using PlexAuth.Internal;
using PlexAuth.Internal.Http;
using PlexAuth.Internal.Json;
using PlexAuth.Internal.Pins;

namespace PlexAuth;

/// <summary>Sign-in by PIN and browser: for apps that should never see a password, and for accounts that have none. Thread-safe.</summary>
/// <remarks>
/// Most apps call <see cref="StartSignInAsync"/> and wait on what it gives. A web app that serves many people uses <see cref="CreateAsync"/> and
/// <see cref="GetAsync"/>, which never touch the client's own token.
/// </remarks>
public sealed class PlexPinClient
{
    /// <summary>What plex.tv's own link page calls itself when it claims a PIN.</summary>
    private const string LinkProduct = "Plex SSO";

    private readonly Transport _transport;
    private readonly TokenCache _tokens;
    private readonly ClientSettings _settings;
    private readonly PlexAuthenticationClient _authentication;
    private readonly PlexKeyClient _keys;

    internal PlexPinClient(Transport transport, TokenCache tokens, ClientSettings settings, PlexAuthenticationClient authentication, PlexKeyClient keys)
    {
        _keys = keys;
        _transport = transport;
        _tokens = tokens;
        _settings = settings;
        _authentication = authentication;
    }

    /// <summary>Starts a sign-in: makes a PIN and the address of the page where the person allows it.</summary>
    /// <exception cref="PlexException">The PIN could not be made.</exception>
    public async Task<PlexPinSignIn> StartSignInAsync(
        PlexPinRequest? request = null, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var pin = await CreateAsync(request, options, cancellationToken).ConfigureAwait(false);
        return Flow(pin, request?.ForwardUrl, request?.DeviceKey, options);
    }

    /// <summary>Takes up a sign-in that was started before, say before a restart.</summary>
    /// <param name="id"><see cref="PlexPinSignIn.Id"/>.</param>
    /// <param name="options">What it does differently; the client identifier must be that of the start.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PlexPinExpiredException">It is over, or was started under another client identifier.</exception>
    [OverloadResolutionPriority(1)] // Null could be either overload's.
    public async Task<PlexPinSignIn> ResumeSignInAsync(long id, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var pin = await GetAsync(id, options, cancellationToken).ConfigureAwait(false);
        return Flow(pin, forwardUrl: null, deviceKey: null, options);
    }

    /// <summary>Takes up a sign-in that was started with <see cref="PlexPinRequest.DeviceKey"/>.</summary>
    /// <param name="id"><see cref="PlexPinSignIn.Id"/>.</param>
    /// <param name="deviceKey">The same key.</param>
    /// <param name="options">What it does differently; the client identifier must be that of the start.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="PlexPinExpiredException">It is over, or was started under another client identifier.</exception>
    public async Task<PlexPinSignIn> ResumeSignInAsync(long id, PlexSigningKey deviceKey, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(deviceKey);
        var pin = await PollAsync(id, deviceKey, options, cancellationToken).ConfigureAwait(false);
        return Flow(pin, forwardUrl: null, deviceKey, options);
    }

    /// <summary>Makes a PIN (<c>POST /pins</c>) and nothing else.</summary>
    public Task<PlexPin> CreateAsync(PlexPinRequest? request = null, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = new Call(Operation.PinCreation, options)
        {
            Query = request is { Strong: true } ? "?strong=true" : "",
            Json = request?.DeviceKey is { } key ? PlexKeyClient.WriteJwk(key.PublicKey) : null,
            Origin = request?.ForwardUrl?.GetLeftPart(UriPartial.Authority),
        };

        return _transport.SendAsync(call, PlexPin.Read, cancellationToken);
    }

    /// <summary>Looks once how far a PIN is (<c>GET /pins/{id}</c>): pending while <see cref="PlexPin.AuthToken"/> is null.</summary>
    /// <exception cref="PlexPinExpiredException">It expired, was denied, or belongs to another client identifier: services do not tell these apart.</exception>
    public Task<PlexPin> GetAsync(long id, PlexCallOptions? options = null, CancellationToken cancellationToken = default) =>
        PollAsync(id, deviceKey: null, options, cancellationToken);

    internal async Task<PlexPin> PollAsync(long id, PlexSigningKey? deviceKey, PlexCallOptions? options, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(id);
        try
        {
            var signed = deviceKey is null ? null : _keys.SignForService(deviceKey, options, nonce: null, scopes: []);
            var call = new Call(Operation.PinCheck, options)
            {
                Item = string.Create(CultureInfo.InvariantCulture, $"/{id}"),
                Query = signed is null ? "" : $"?deviceJWT={signed}",
                Secrets = signed is null ? [] : [signed],
            };
            return await _transport.SendAsync(call, PlexPin.Read, cancellationToken).ConfigureAwait(false);
        }
        catch (PlexException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            throw new PlexPinExpiredException("The PIN is over: nobody confirmed it in time, or it was denied. Start the sign-in again for a new code.", e) { Facts = e.Facts };
        }
    }

    /// <summary>Lets another app or device in: gives the PIN with this code a token of this client's account (<c>PUT /pins/link</c>).</summary>
    /// <remarks>What the link page does after the person has typed the code. Never pass on a code the person did not read from a screen of their own.</remarks>
    /// <param name="code">The 4 characters; case, spaces around them do not matter.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call; the PIN may have been linked all the same.</param>
    /// <exception cref="PlexPinExpiredException">No PIN with this code is waiting.</exception>
    /// <exception cref="PlexRateLimitedException">Too many wrong codes.</exception>
    public async Task LinkAsync(string code, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        var linkPage = (options ?? new()) with { Identity = (options?.Identity ?? _settings.Identity) with { Product = LinkProduct } };
        try
        {
            var call = new Call(Operation.PinLink, linkPage) { Form = [new("code", code.Trim())], Secrets = [code.Trim()] };
            await _transport.SendAsync(call, Answer.Anything, cancellationToken).ConfigureAwait(false);
        }
        catch (PlexNotFoundException e)
        {
            throw new PlexPinExpiredException("No sign-in waits for this code: check it, or let the app show a new one.", e) { Facts = e.Facts };
        }
    }

    private PlexPinSignIn Flow(PlexPin pin, Uri? forwardUrl, PlexSigningKey? deviceKey, PlexCallOptions? options)
    {
        var accountUrl = options?.ServerUrl ?? _settings.AccountUrl;
        var authPage = _settings.AuthPageUrl?.AbsoluteUri ?? PinAddress.AuthPage(accountUrl);
        var address = PinAddress.Of(authPage, pin.Code, options?.Identity ?? _settings.Identity, forwardUrl);
        var poller = new PinPoller(this, pin, deviceKey, options, _settings);
        return new PlexPinSignIn(pin, address, PinAddress.LinkPage(accountUrl), poller, _settings.BringsOwnToken(options) ? _tokens : null, _authentication);
    }
}
