using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PlexAuth.Server.Audit;
using PlexAuth.Server.DeviceKeys.Issuer;
using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Http.Wire;

namespace PlexAuth.Server.DeviceKeys;

/// <summary>Device keys, under /api/v2/auth. Answers are JSON whatever was asked for, as at plex.tv; only refusals follow the caller's format.</summary>
internal static class DeviceKeyEndpoints
{
    public static void MapDeviceKeys(this IEndpointRouteBuilder api)
    {
        api.MapPost("/auth/jwk", RegisterAsync).Requires(TokenRequirement.Account).WithMetadata(DeviceKeyOperations.Register);
        api.MapMethods("/auth/nonce", Verbs.Read, GetNonceAsync).AllowAnonymous().WithMetadata(DeviceKeyOperations.Nonce);
        api.MapPost("/auth/token", ExchangeAsync).AllowAnonymous().WithMetadata(DeviceKeyOperations.Exchange);
        api.MapMethods("/auth/keys", Verbs.Read, ListKeysAsync).AllowAnonymous().WithMetadata(DeviceKeyOperations.Keys);
    }

    private static async Task<PlexResult> RegisterAsync(HttpContext context, PlexRequest call, DeviceKeyService service, CancellationToken cancellationToken)
    {
        if (call.ClientProblem is { } problem)
            return PlexResult.Refused(call, problem);

        var fields = await BodyFields.ReadAsync(context.Request, call, cancellationToken);
        if (fields.FindObject("jwk") is not { } json)
            return PlexResult.Refused(call, PlexErrorCode.BadRequest);

        // A key that somebody else's token brings would be a device's that nobody asked about it.
        var grant = context.Grant();
        return call.Client!.ClientIdentifier != grant.ClientIdentifier || DeviceKeyWire.Read(json) is not { } key
            ? Answer(call, new DeviceKeyAnswer.Refused())
            : Answer(call, await service.RegisterAsync(grant, key, context.Actor(), cancellationToken));
    }

    private static async Task<PlexResult> GetNonceAsync(HttpContext context, PlexRequest call, DeviceKeyService service, CancellationToken cancellationToken) =>
        call.Client is { } client
            ? Answer(call, await service.CreateNonceAsync(client.ClientIdentifier, ClientNetwork.Of(context.Connection.RemoteIpAddress), cancellationToken))
            : PlexResult.Refused(call, call.ClientProblem!.Value);

    private static async Task<PlexResult> ExchangeAsync(HttpContext context, PlexRequest call, DeviceKeyService service, CancellationToken cancellationToken)
    {
        if (call.Client is not { } client)
            return PlexResult.Refused(call, call.ClientProblem!.Value);

        var fields = await BodyFields.ReadAsync(context.Request, call, cancellationToken);
        return fields.Find("jwt") is { Length: > 0 } jwt
            ? Answer(call, await service.ExchangeAsync(jwt, client.ClientIdentifier, cancellationToken))
            : PlexResult.Refused(call, PlexErrorCode.BadRequest);
    }

    private static async Task<PlexResult> ListKeysAsync(IssuerKeyService issuer, CancellationToken cancellationToken)
    {
        var keys = await issuer.GetAsync(cancellationToken);
        return Json(wire => DeviceKeyWire.WriteKeys(wire, keys.PublicKeys));
    }

    /// <summary>Also for the PINs that carry a key.</summary>
    public static PlexResult Answer(PlexRequest call, DeviceKeyAnswer answer) => answer switch
    {
        DeviceKeyAnswer.Registered => Json(_ => { }),
        DeviceKeyAnswer.Nonce nonce => Json(wire => wire.Text("nonce", nonce.Value)),
        DeviceKeyAnswer.Issued issued => Json(wire => wire.Text("auth_token", issued.Token.Reveal())),
        DeviceKeyAnswer.Expired => PlexResult.Refused(call, Refusal.TokenExpired),
        DeviceKeyAnswer.Refused => PlexResult.Refused(call, Refusal.KeyOrTokenRefused),
        DeviceKeyAnswer.TooMany tooMany => PlexResult.Refused(call, PlexErrorCode.RateLimited, tooMany.RetryAfter),
        _ => throw new InvalidOperationException($"No answer for {answer}."),
    };

    private static PlexResult Json(Action<WireWriter> write) => PlexResult.Json(WireDocument.Render(PlexFormat.Json, "", write));
}
