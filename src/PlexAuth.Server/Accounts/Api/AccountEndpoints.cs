using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Accounts;

/// <summary>Who am I, sign in, sign out, still there?</summary>
internal static class AccountEndpoints
{
    private static readonly byte[] PongJson = "{\"pong\":true}"u8.ToArray();
    private static readonly byte[] PongXml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pong>true</pong>"u8.ToArray();

    public static void MapAccounts(this IEndpointRouteBuilder api)
    {
        // What companion apps ask all day: a parameter that is a service would make a scope of services for each call.
        var answers = api.ServiceProvider.GetRequiredService<AccountAnswers>();
        api.MapMethods("/user", Verbs.Read, (HttpContext context, PlexRequest request) => PlexResult.Account(request, answers.ForGrant(context.Grant(), request)))
            .Requires(TokenRequirement.Account).WithMetadata(AccountOperations.User);
        api.MapMethods("/ping", Verbs.Read, Ping).Requires(TokenRequirement.Account).WithMetadata(AccountOperations.Ping);
        api.MapPost("/users/signin", SignInAsync).AllowAnonymous().WithMetadata(AccountOperations.SignIn);
        api.MapDelete("/users/signout", SignOutAsync).Requires(TokenRequirement.Account).WithMetadata(AccountOperations.SignOut);
    }

    private static PlexResult Ping(PlexRequest request) => PlexResult.Account(request, request.Format == PlexFormat.Json ? PongJson : PongXml);

    private static async Task<PlexResult> SignInAsync(
        HttpContext context, PlexRequest request, SignInService service, AccountAnswers answers, CancellationToken cancellationToken)
    {
        if (request.Client is not { } client)
            return PlexResult.Refused(request, request.ClientProblem!.Value);

        var fields = await BodyFields.ReadAsync(context.Request, request, cancellationToken);
        if (fields.Find("login") is not { Length: > 0 } login || fields.Find("password") is not { } password)
            return PlexResult.Refused(request, PlexErrorCode.BadRequest);

        var attempt = new SignInAttempt(login, password, fields.Find("verificationCode"), client, context.Connection.RemoteIpAddress);
        return await service.SignInAsync(attempt, cancellationToken) switch
        {
            SignInResult.SignedIn signedIn => PlexResult.Account(request, answers.AfterSignIn(signedIn, request), StatusCodes.Status201Created),
            SignInResult.Refused refused => PlexResult.Refused(request, refused.Code),
            SignInResult.Throttled throttled => PlexResult.Refused(request, throttled.Code, throttled.RetryAfter),
            SignInResult.Busy busy => PlexResult.Refused(request, PlexErrorCode.ServiceUnavailable, busy.RetryAfter),
            var other => throw new InvalidOperationException($"A sign-in ended as {other.GetType().Name}, which has no answer."),
        };
    }

    private static async Task<PlexResult> SignOutAsync(HttpContext context, SignOutService service, CancellationToken cancellationToken)
    {
        await service.SignOutAsync(context.Grant(), context.Actor(), cancellationToken);
        return PlexResult.NoContent;
    }
}
