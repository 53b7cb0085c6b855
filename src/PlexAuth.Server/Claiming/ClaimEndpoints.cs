using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Authority;
using PlexAuth.Server.MediaServer.Sources;

namespace PlexAuth.Server.Claiming;

/// <summary>Claiming a media server: the account's part under /api/claim and /devices, the server's own under /myplex.</summary>
internal static class ClaimEndpoints
{
    private const string ConnectionParameter = "Connection[][uri]";
    private const string ForwardedFor = "X-Forwarded-For";

    public static IServiceCollection AddClaiming(this IServiceCollection services) => services
        .AddSingleton<PresenceService>().AddSingleton(ClaimStore.Sweep)
        .AddSingleton<PresenceReporter>().AddHostedService(provider => provider.GetRequiredService<PresenceReporter>());

    public static void MapClaims(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/api/claim/token", Verbs.Read, CreateAsync).Requires(TokenRequirement.Account);
        routes.MapPost("/api/claim/exchange", ExchangeAsync).AllowAnonymous();
        routes.MapPut("/devices/{machineIdentifier}", ReportAsync).Requires(TokenRequirement.RegisteredServer);
    }

    public static void MapOwnClaim(this IEndpointRouteBuilder server)
    {
        server.MapPost("/myplex/claim", ClaimOwnAsync).AllowAnonymous();
        server.MapMethods("/myplex/account", Verbs.Read, GetAccount).Requires(TokenRequirement.ServerOwner);
        server.MapDelete("/myplex/account", UnclaimOwnAsync).Requires(TokenRequirement.ServerOwner);
    }

    private static async Task<PlexResult> CreateAsync(HttpContext context, PlexRequest request, ClaimService claims, CancellationToken cancellationToken) =>
        await claims.CreateAsync(context.Grant().Account, cancellationToken) is { } token
            ? PlexResult.Account(PlexFormat.Json, ClaimWire.RenderClaim(token))
            : PlexResult.Refused(request, PlexErrorCode.ManagedUserNotAllowed);

    private static async Task<PlexResult> ExchangeAsync(HttpContext context, PlexRequest request, ClaimService claims, CancellationToken cancellationToken)
    {
        if (request.Client is not { } server)
            return PlexResult.Refused(request, request.ClientProblem!.Value);
        if (request.Parameter("token") is not { } claim || SourceName.Parse($"{SourceName.Server}://{server.ClientIdentifier}") is null)
            return PlexResult.Refused(request, PlexErrorCode.BadRequest);

        return await claims.ExchangeAsync(claim, server, context.Connection.RemoteIpAddress, cancellationToken) switch
        {
            ClaimExchange.Claimed claimed => PlexResult.Account(PlexFormat.Xml, ClaimWire.RenderExchange(claimed.Token)),
            ClaimExchange.Refused refused => PlexResult.Refused(request, refused.Code),
            var other => throw new InvalidOperationException($"No answer for {other}."),
        };
    }

    private static async Task<PlexResult> ReportAsync(string machineIdentifier, HttpContext context, PlexRequest request, PresenceService presence, CancellationToken cancellationToken)
    {
        var grant = context.Grant();
        if (machineIdentifier != grant.MachineIdentifier)
            return PlexResult.Refused(request, PlexErrorCode.NotFound);

        var server = request.Client ?? new ClientIdentity(grant.ClientIdentifier);
        // Where an unknown proxy calls for the server, the address is the proxy's, and would vouch for what runs beside that.
        var address = context.Request.Headers.ContainsKey(ForwardedFor) ? null : context.Connection.RemoteIpAddress;
        return await presence.ReportAsync(grant, server, context.Request.Query[ConnectionParameter], address, cancellationToken) is { } refusal
            ? PlexResult.Refused(request, refusal)
            : PlexResult.NoContent;
    }

    /// <summary>Open to all nearby while nobody owns the server: the claim token says who will.</summary>
    private static async Task<PlexResult> ClaimOwnAsync(HttpContext context, PlexRequest request, ServerAuthority authority, CancellationToken cancellationToken)
    {
        if (!IsNearby(context) || !await authority.MayBeClaimedAsync(cancellationToken))
            return PlexResult.Refused(request, PlexErrorCode.NotPermitted);
        if (request.Parameter("token") is not { } claim)
            return PlexResult.Refused(request, PlexErrorCode.BadRequest);

        return await authority.ClaimAsync(claim, context.Connection.RemoteIpAddress, cancellationToken) ? PlexResult.NoContent : PlexResult.Refused(request, PlexErrorCode.NotPermitted);
    }

    private static PlexResult GetAccount(HttpContext context, PlexRequest request, OwnConnections connections)
    {
        var grant = context.Grant();
        PlexToken? token = IsAccountToken(grant.Kind) ? new PlexToken(request.Token!) : null;
        return PlexResult.MediaServer(request, ClaimWire.RenderAccount(request.Format, grant, token, connections.List()[0]));
    }

    private static async Task<PlexResult> UnclaimOwnAsync(HttpContext context, PlexRequest request, ServerAuthority authority, CancellationToken cancellationToken) =>
        IsAccountToken(context.Grant().Kind) && await authority.ReleaseAsync(context.Grant(), new PlexToken(request.Token!), context.Connection.RemoteIpAddress, cancellationToken)
            ? PlexResult.NoContent
            : PlexResult.Refused(request, PlexErrorCode.NotPermitted);

    private static bool IsAccountToken(PlexTokenKind kind) => kind is PlexTokenKind.Account or PlexTokenKind.Jwt;

    /// <summary>Where an unknown proxy calls for somebody, the address is the proxy's, and says nothing of who that is.</summary>
    private static bool IsNearby(HttpContext context)
    {
        if (context.Request.Headers.ContainsKey(ForwardedFor))
            return false;
        var connection = context.Connection;
        var (caller, here) = (ClientNetwork.Of(connection.RemoteIpAddress), ClientNetwork.Of(connection.LocalIpAddress));
        return caller.Source is { } source && (IPAddress.IsLoopback(source) || caller.Network == here.Network);
    }
}
