using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Accounts;

/// <summary>/users/sign_in and /users/account as they were before version 2, with their own bodies and their 422 for a bad token.</summary>
internal static class LegacyAccountEndpoints
{
    private const string Basic = "Basic ";

    public static void MapLegacyAccounts(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/users/sign_in", SignInAsync).AllowAnonymous().WithMetadata(LegacyErrors.Instance);
        routes.MapMethods("/users/account", Verbs.Read, GetAccount).Requires(TokenRequirement.Account).WithMetadata(LegacyErrors.Instance);
    }

    private static PlexResult GetAccount(HttpContext context, PlexRequest request, AccountAnswers answers) =>
        PlexResult.Account(request, answers.LegacyForGrant(context.Grant(), request));

    /// <summary>With login and password; or with nothing but a token, by which television apps learn whether it still holds.</summary>
    private static async Task<PlexResult> SignInAsync(
        HttpContext context, PlexRequest request, SignInService service, TokenValidator tokens, AccountAnswers answers, CancellationToken cancellationToken)
    {
        if (request.ClientProblem is { } problem)
            return PlexResult.LegacyRefused(request, Refusal.For(problem));

        var fields = await BodyFields.ReadAsync(context.Request, request, cancellationToken);
        if (Credentials(context.Request, fields) is not { } credentials)
            return await RenewAsync(request, tokens, answers, cancellationToken);

        var attempt = new SignInAttempt(
            credentials.Login, credentials.Password, fields.Find("user[verificationCode]") ?? fields.Find("verificationCode"), request.Client!, context.Connection.RemoteIpAddress);
        return await service.SignInAsync(attempt, cancellationToken) switch
        {
            SignInResult.SignedIn signedIn => PlexResult.Account(request, answers.LegacyAfterSignIn(signedIn, request), StatusCodes.Status201Created),
            SignInResult.Refused refused => PlexResult.LegacyRefused(request, Refusal.For(refused.Code)),
            SignInResult.Throttled throttled => PlexResult.LegacyRefused(request, Refusal.For(throttled.Code), throttled.RetryAfter),
            SignInResult.Busy busy => PlexResult.LegacyRefused(request, Refusal.For(PlexErrorCode.ServiceUnavailable), busy.RetryAfter),
            var other => throw new InvalidOperationException($"A sign-in ended as {other.GetType().Name}, which has no answer."),
        };
    }

    private static async Task<PlexResult> RenewAsync(PlexRequest request, TokenValidator tokens, AccountAnswers answers, CancellationToken cancellationToken)
    {
        if (request.HasSeveralTokens)
            return PlexResult.LegacyRefused(request, Refusal.For(PlexErrorCode.BadRequest));
        if (request.Token is not { } token)
            return PlexResult.LegacyRefused(request, Refusal.For(PlexErrorCode.Unauthorized));

        return await tokens.ValidateAsync(token, cancellationToken) is { Kind: PlexTokenKind.Account } grant
            ? PlexResult.Account(request, answers.LegacyForGrant(grant, request), StatusCodes.Status201Created)
            : PlexResult.LegacyRefused(request, LegacyErrors.InvalidToken);
    }

    private static (string Login, string Password)? Credentials(HttpRequest request, BodyFields fields) =>
        FromHeader(request) ?? FromFields(fields, "user[login]", "user[password]") ?? FromFields(fields, "login", "password");

    private static (string Login, string Password)? FromFields(BodyFields fields, string login, string password) =>
        fields.Find(login) is { Length: > 0 } name && fields.Find(password) is { } secret ? (name, secret) : null;

    private static (string Login, string Password)? FromHeader(HttpRequest request)
    {
        if (request.Headers[HeaderNames.Authorization] is not [{ } header] || !header.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
            return null;

        var encoded = header[Basic.Length..].Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
            throw new InvalidDataException("The Authorization header is not base64.");

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? throw new InvalidDataException("The Authorization header has no colon.") : (text[..colon], text[(colon + 1)..]);
    }
}
