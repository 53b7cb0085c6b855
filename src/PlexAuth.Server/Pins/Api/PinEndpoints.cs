using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PlexAuth.Server.Audit;
using PlexAuth.Server.DeviceKeys;
using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Pins;

/// <summary>PINs as apps ask for them and wait on them, under /api/v2/pins and the older /pins.</summary>
internal static class PinEndpoints
{
    public static void MapPins(this IEndpointRouteBuilder api)
    {
        api.MapPost("/pins", CreateAsync).AllowAnonymous().WithMetadata(PinOperations.Create);
        api.MapMethods("/pins/{id}", Verbs.Read, GetAsync).AllowAnonymous().WithMetadata(PinOperations.Poll);
        api.MapPut("/pins/link", LinkAsync).Requires(TokenRequirement.Account).WithMetadata(PinOperations.Link);
        api.MapMethods("/pins/qr/{code}", Verbs.Read, Draw).AllowAnonymous().WithMetadata(PinOperations.Picture);
    }

    /// <summary>What television apps have used since before there was a version 2.</summary>
    public static void MapLegacyPins(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/pins", CreateLegacyAsync).AllowAnonymous().WithMetadata(PinOperations.LegacyCreate);
        routes.MapMethods("/pins/{id}", Verbs.Read, GetLegacyAsync).AllowAnonymous().WithMetadata(PinOperations.LegacyPoll);
    }

    private static Task<PlexResult> CreateAsync(HttpContext context, PlexRequest call, PinCreationService pins, PublicAddress address, TimeProvider time) =>
        AnswerCreationAsync(context, call, pins, pin => PinWire.Render(call.Format, pin, address.Value, time.GetUtcNow()));

    private static Task<PlexResult> CreateLegacyAsync(HttpContext context, PlexRequest call, PinCreationService pins) =>
        AnswerCreationAsync(context, call, pins, pin => PinLegacyWire.Render(call.Format, pin));

    private static Task<PlexResult> GetAsync(string id, HttpContext context, PlexRequest call, PinPollService pins, PublicAddress address, TimeProvider time) =>
        AnswerPollAsync(id, context, call, pins, pin => PinWire.Render(call.Format, pin, address.Value, time.GetUtcNow()));

    private static Task<PlexResult> GetLegacyAsync(string id, HttpContext context, PlexRequest call, PinPollService pins) =>
        AnswerPollAsync(id, context, call, pins, pin => PinLegacyWire.Render(call.Format, pin));

    private static async Task<PlexResult> AnswerCreationAsync(HttpContext context, PlexRequest call, PinCreationService pins, Func<Pin, byte[]> render)
    {
        if (call.Client is not { } client)
            return PlexResult.Refused(call, call.ClientProblem!.Value);

        var fields = await BodyFields.ReadAsync(context.Request, call, context.RequestAborted);
        var strong = fields.Find("strong") is { } text && (text == "1" || text.Equals("true", StringComparison.OrdinalIgnoreCase));
        var jwk = fields.FindObject("jwk");
        var key = jwk is { } json ? DeviceKeyWire.Read(json) : null;
        if (jwk is not null && key is null)
            return PlexResult.Refused(call, Refusal.KeyOrTokenRefused);

        var request = new PinRequest(strong, client, ForwardAddress.OriginOf(context.Request.Headers.Origin), ClientNetwork.Of(context.Connection.RemoteIpAddress)) { DeviceKey = key };
        return await pins.CreateAsync(request, context.RequestAborted) switch
        {
            PinCreation.Created created => PlexResult.Account(call, render(created.Pin), StatusCodes.Status201Created),
            PinCreation.KeyRefused => PlexResult.Refused(call, Refusal.KeyOrTokenRefused),
            PinCreation.TooMany tooMany => PlexResult.Refused(call, PlexErrorCode.RateLimited, tooMany.RetryAfter),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static async Task<PlexResult> AnswerPollAsync(string id, HttpContext context, PlexRequest call, PinPollService pins, Func<Pin, byte[]> render)
    {
        if (call.Client is not { } client)
            return PlexResult.Refused(call, call.ClientProblem!.Value);

        if (!int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return PlexResult.Refused(call, PlexErrorCode.PinNotFound);

        return await pins.GetAsync(number, client.ClientIdentifier, ClientNetwork.Of(context.Connection.RemoteIpAddress), call.Parameter("deviceJWT"), context.RequestAborted) switch
        {
            PinPoll.Found found => PlexResult.Account(call, render(found.Pin)),
            PinPoll.Missing => PlexResult.Refused(call, PlexErrorCode.PinNotFound),
            PinPoll.ProofRefused refused => DeviceKeyEndpoints.Answer(call, refused.Answer),
            PinPoll.TooMany tooMany => PlexResult.Refused(call, PlexErrorCode.RateLimited, tooMany.RetryAfter),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static async Task<PlexResult> LinkAsync(HttpContext context, PlexRequest call, PinLinkService pins)
    {
        var grant = context.Grant();
        var fields = await BodyFields.ReadAsync(context.Request, call, context.RequestAborted);
        if (fields.Find("code") is not { Length: > 0 } code)
            return PlexResult.Refused(call, PlexErrorCode.BadRequest);

        var guess = new PinGuess(code, ClientIdentifier: null, grant.AccountId, context.Caller());
        return await pins.AllowAsync(guess, context.RequestAborted) switch
        {
            PinAnswer.Found => PlexResult.NoContent,
            PinAnswer.Missing => PlexResult.Refused(call, PlexErrorCode.PinNotFound),
            PinAnswer.Refused refused => PlexResult.Refused(call, refused.Code),
            PinAnswer.TooMany tooMany => PlexResult.Refused(call, PlexErrorCode.RateLimited, tooMany.RetryAfter),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static IResult Draw(string code, PlexRequest call, PublicAddress address) =>
        PinCode.Normalize(code) is { } normal
            ? TypedResults.Bytes(PinQrCode.Draw(address.Value, normal), PinQrCode.ContentType)
            : PlexResult.Refused(call, PlexErrorCode.PinNotFound);
}
