using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlexAuth.AspNetCore;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Http.Access;

/// <summary>Stands before each route that wants a token. Who calls is found by the token handler that applications use, which also answers those who may not.</summary>
internal sealed class TokenGate(OwnServer server, IOptionsMonitor<PlexTokenOptions> options, ILoggerFactory loggers) : IGate<TokenRequirement>
{
    /// <summary>Of the handler's options. It is no scheme of the application, whose authentication middleware would ask the handler about every call.</summary>
    public const string SchemeName = "PlexAuth.Server";

    private static readonly AuthenticationScheme Scheme = new(SchemeName, displayName: null, typeof(PlexTokenHandler));

    public async Task AdmitAsync(HttpContext context, TokenRequirement requirement, RequestDelegate route)
    {
        var handler = new PlexTokenHandler(options, loggers, UrlEncoder.Default);
        await handler.InitializeAsync(Scheme, context);
        var result = await handler.AuthenticateAsync();
        context.User = result.Principal ?? new ClaimsPrincipal(new ClaimsIdentity());
        var grant = context.User.FindGrant();
        if ((grant is not null && Opens(grant, requirement, context)) || await IsOpenAsync(requirement))
            await route(context);
        else if (result.Succeeded)
            await handler.ForbidAsync(properties: null);
        else
            await handler.ChallengeAsync(properties: null);
    }

    /// <summary>A media server that nobody has claimed lets everybody in who would be let in as a friend.</summary>
    private async ValueTask<bool> IsOpenAsync(TokenRequirement requirement) =>
        requirement is { ForServer: true, Least: ServerAccess.Shared } && !await server.IsClaimedAsync(CancellationToken.None);

    private bool Opens(TokenGrant grant, TokenRequirement requirement, HttpContext context) =>
        requirement.OfServerItself ? IsOfServerItself(grant)
        : requirement.ForServer ? grant.Access >= requirement.Least && (grant.Kind != PlexTokenKind.Server || grant.MachineIdentifier == server.MachineIdentifier)
        : (IsAccountToken(grant) || (requirement.OrForOneServer && IsForOneServer(grant))) && grant.Access >= requirement.Least
            && context.Features.Get<PlexRequest>()?.AuthorizedClientProblem is null;

    private static bool IsOfServerItself(TokenGrant grant) => grant.Kind == PlexTokenKind.Server && grant.ClientIdentifier == grant.MachineIdentifier;

    private static bool IsForOneServer(TokenGrant grant) => grant.Kind == PlexTokenKind.Server && !IsOfServerItself(grant);

    private static bool IsAccountToken(TokenGrant grant) => grant.Kind is PlexTokenKind.Account or PlexTokenKind.Jwt;
}
