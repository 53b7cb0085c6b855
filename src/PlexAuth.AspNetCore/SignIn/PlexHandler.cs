using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlexAuth.AspNetCore.Accounts;

namespace PlexAuth.AspNetCore;

/// <summary>
/// Sends the browser to the sign-in page with a PIN and asks for that PIN when the browser is back. Unlike in OAuth the way back carries nothing but the
/// name of the cookie that knows the PIN.
/// </summary>
internal sealed partial class PlexHandler(IOptionsMonitor<PlexOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : RemoteAuthenticationHandler<PlexOptions>(options, logger, encoder)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>A PIN gone this short before its end has timed out on a clock a little ahead of this one; nobody denied it.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    private new PlexEvents Events => (PlexEvents)base.Events;

    private AccountService Accounts => Options.Service!.Value;

    protected override Task<object> CreateEventsAsync() => Task.FromResult<object>(new PlexEvents());

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (string.IsNullOrEmpty(properties.RedirectUri))
        {
            if (!IsNavigation())
            {
                Response.StatusCode = StatusCodes.Status401Unauthorized;
                return;
            }

            properties.RedirectUri = OriginalPathBase + OriginalPath + Request.QueryString;
        }

        GenerateCorrelationId(properties);
        var creating = new PlexCreatingPinContext(Context, Scheme, Options, properties, Options.CreateIdentity());
        await Events.CreatingPin(creating);
        if (await StartAsync(properties, creating.Identity) is not { } signIn)
            return;

        SignInState.Write(Context, Options, properties, signIn, TimeProvider.GetUtcNow());
        await Events.RedirectToSignIn(new RedirectContext<PlexOptions>(Context, Scheme, Options, properties, signIn.Address));
    }

    /// <summary>
    /// Whether a person may be looking at the page asked for. Each sign-in takes one of the few PINs that the account service gives at a time, and a script or
    /// an image cannot follow to the sign-in page. Browsers say what a request is for on https only.
    /// </summary>
    private bool IsNavigation() => Request.Headers["Sec-Fetch-Mode"].ToString() is { Length: > 0 } mode
        ? mode == "navigate"
        : Request.Headers.XRequestedWith != "XMLHttpRequest" && (HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method) || Request.HasFormContentType);

    /// <summary>Null if the application has answered a failure itself.</summary>
    private async Task<PlexPinSignIn?> StartAsync(AuthenticationProperties properties, PlexClientIdentity identity)
    {
        var forwardUrl = new Uri($"{BuildRedirectUri(Options.CallbackPath)}?{SignInState.QueryName}={SignInState.KeyOf(properties)}");
        try
        {
            var request = new PlexPinRequest { Strong = true, ForwardUrl = forwardUrl };
            return await Accounts.StartSignInAsync(request, identity, Context.RequestAborted);
        }
        catch (PlexException e)
        {
            LogNotStarted(Logger, e.GetType().Name);
            var failed = new RemoteFailureContext(Context, Scheme, Options, e) { Properties = properties };
            await Events.RemoteFailure(failed);
            return failed.Result is { Handled: true } ? null : throw new AuthenticationFailureException("The sign-in with Plex could not be started.", e);
        }
    }

    protected override async Task<HandleRequestResult> HandleRemoteAuthenticateAsync()
    {
        if (SignInState.Take(Context, Options) is not { } state)
        {
            LogForeignCallback(Logger);
            return HandleRequestResult.Fail("This sign-in was not started in this browser, took too long, or was finished before. Start it again.");
        }

        var properties = state.Properties;
        if (!ValidateCorrelationId(properties))
            return HandleRequestResult.Fail("This sign-in was not started in this browser: the correlation cookie is missing. Start it again.", properties);

        try
        {
            return await ConfirmedTokenAsync(state.PinId) is { } token
                ? await CreateTicketAsync(properties, token)
                : await DeniedAsync(properties, "The sign-in was not confirmed at Plex. Start it again and choose to allow it.");
        }
        catch (PlexPinExpiredException) when (TimeProvider.GetUtcNow() < state.PinEnd - ClockTolerance)
        {
            return await DeniedAsync(properties, "The sign-in was denied at Plex.");
        }
        catch (PlexException e)
        {
            return HandleRequestResult.Fail(e, properties);
        }
    }

    /// <summary>The confirmation is normally there; the browser may have been faster than it by a moment.</summary>
    private async Task<PlexToken?> ConfirmedTokenAsync(long pinId)
    {
        for (var deadline = TimeProvider.GetUtcNow() + Options.ConfirmationTimeout; ;)
        {
            var pin = await Accounts.GetPinAsync(pinId, Context.RequestAborted);
            if (pin.AuthToken is not null || TimeProvider.GetUtcNow() >= deadline)
                return pin.AuthToken;

            await Task.Delay(PollInterval, TimeProvider, Context.RequestAborted);
        }
    }

    private async Task<HandleRequestResult> CreateTicketAsync(AuthenticationProperties properties, PlexToken token)
    {
        var account = await Accounts.GetAccountAsync(token, Context.RequestAborted);
        var identity = new ClaimsIdentity(Scheme.Name);
        Options.ClaimActions.Run(account, identity, ClaimsIssuer);
        if (Options.SaveTokens)
            properties.StoreTokens([new AuthenticationToken { Name = PlexDefaults.TokenName, Value = token.Reveal() }]);

        var creating = new PlexCreatingTicketContext(Context, Scheme, Options, new ClaimsPrincipal(identity), properties, account with { AuthToken = token });
        await Events.CreatingTicket(creating);
        if (creating.Result?.Failure is { } refusal)
            return HandleRequestResult.Fail(refusal, properties);

        LogSignedIn(Logger, Scheme.Name);
        return HandleRequestResult.Success(new AuthenticationTicket(creating.Principal!, properties, Scheme.Name));
    }

    /// <summary>The application's page or hook for it, and where it has none, a failure that says what happened.</summary>
    private async Task<HandleRequestResult> DeniedAsync(AuthenticationProperties properties, string reason)
    {
        var result = await HandleAccessDeniedErrorAsync(properties);
        return !result.None ? result : HandleRequestResult.Fail(new PlexPinDeniedException(reason), properties);
    }

    [LoggerMessage(2000, LogLevel.Information, "Somebody signed in with {Scheme}")]
    private static partial void LogSignedIn(ILogger logger, string scheme);

    [LoggerMessage(2001, LogLevel.Warning, "A sign-in callback was refused: it belongs to no sign-in of this browser")]
    private static partial void LogForeignCallback(ILogger logger);

    [LoggerMessage(2002, LogLevel.Warning, "A sign-in could not be started: {Failure}")]
    private static partial void LogNotStarted(ILogger logger, string failure);
}
