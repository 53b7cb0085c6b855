using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Pages;
using PlexAuth.Server.Sessions;

namespace PlexAuth.Server.Pins;

/// <summary>The three things that /auth and /link do with a code, in the name of whoever is signed in.</summary>
internal static class PinConsentEndpoints
{
    public static void MapPinConsent(this IEndpointRouteBuilder api)
    {
        api.MapPost("/pins/lookup", LookUpAsync).Requires(SessionRequirement.SignedIn);
        api.MapPost("/pins/allow", AllowAsync).Requires(SessionRequirement.SignedIn);
        api.MapPost("/pins/deny", DenyAsync).Requires(SessionRequirement.SignedIn);
    }

    private static Task<IResult> LookUpAsync(HttpContext context, PinLinkService pins, IOptions<PlexAuthServerOptions> options) => DecideAsync(
        context,
        pins.LookUpAsync,
        (found, form) => TypedResults.Json(Describe(found, form, options.Value.Pins), PageJson.Default.PinDetails));

    private static async Task<IResult> AllowAsync(HttpContext context, PinLinkService pins, TimeProvider time) =>
        context.Session().MayLinkAt(time.GetUtcNow())
            ? await DecideAsync(context, pins.AllowAsync, (found, _) => TypedResults.Json(new AllowedPin(found.DeviceId!.Value), PageJson.Default.AllowedPin))
            : SessionProblem.SignInAgain;

    private static Task<IResult> DenyAsync(HttpContext context, PinLinkService pins) => DecideAsync(context, pins.DenyAsync, (_, _) => TypedResults.NoContent());

    private static async Task<IResult> DecideAsync(
        HttpContext context, Func<PinGuess, CancellationToken, Task<PinAnswer>> decide, Func<PinAnswer.Found, PinForm, IResult> answer)
    {
        if (await PageBody.ReadAsync(context, PageJson.Default.PinForm) is not { } form)
            return SessionProblem.Malformed;

        var guess = new PinGuess(form.Code, form.ClientIdentifier, context.Session().Account.Id, Caller.SignedIn(context.Connection.RemoteIpAddress));
        return await decide(guess, context.RequestAborted) switch
        {
            PinAnswer.Found found => answer(found, form),
            PinAnswer.Missing { Restricted: true } => new SessionProblem(
                StatusCodes.Status404NotFound,
                "not_found_restricted",
                "That code is not known here. It may have expired, or it works only on the network where the app or device is: go there and try again."),
            PinAnswer.Missing => new SessionProblem(StatusCodes.Status404NotFound, "not_found", "That code is not known, or no longer. Check it, or let the device show a new one."),
            PinAnswer.Refused => SessionProblem.NotPermitted,
            PinAnswer.TooMany tooMany => new SessionProblem(StatusCodes.Status429TooManyRequests, "too_many", "There were too many wrong codes.") { RetryAfter = tooMany.RetryAfter },
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static PinDetails Describe(PinAnswer.Found found, PinForm form, PlexAuthPinOptions options)
    {
        var (pin, client) = (found.Pin, found.Pin.Client);
        return new PinDetails(
            client.Product ?? "An app without a name", client.Version, client.Device, client.DeviceName, client.Model, client.Platform, client.PlatformVersion, pin.Origin,
            pin.CreatedAt, pin.ExpiresAt, pin.Network.Network, found.SameNetwork, ForwardAddress.Judge(form.ForwardUrl, [pin.Origin, .. options.TrustedForwardOrigins]));
    }
}
