using System.Text;
using System.Text.Unicode;
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
        routes.MapPost("/users/sign_in", SignInAsync).AllowAnonymous();
        routes.MapMethods("/users/account", Verbs.Read, GetAccount).Requires(TokenRequirement.Account);
    }

    private static PlexResult GetAccount(HttpContext context, PlexRequest request, AccountAnswers answers) =>
        PlexResult.Account(request, answers.LegacyForGrant(context.Grant(), request));

    /// <summary>With login and password; or with nothing but a token, by which television apps learn whether it still holds.</summary>
    private static async Task<PlexResult> SignInAsync(
        HttpContext context, PlexRequest request, SignInService service, TokenValidator tokens, AccountAnswers answers, CancellationToken cancellationToken)
    {
        if (request.ClientProblem is { } problem)
            return PlexResult.Refused(request, problem);

        var fields = await BodyFields.ReadAsync(context.Request, request, cancellationToken);
        if (Credentials(context.Request, fields) is not { } credentials)
            return await RenewAsync(request, tokens, answers, cancellationToken);

        var attempt = new SignInAttempt(
            credentials.Login, credentials.Password, fields.Find("user[verificationCode]") ?? fields.Find("verificationCode"), request.Client!, context.Connection.RemoteIpAddress);
        return await service.SignInAsync(attempt, cancellationToken) switch
        {
            SignInResult.SignedIn signedIn => PlexResult.Account(request, answers.LegacyAfterSignIn(signedIn, request), StatusCodes.Status201Created),
            SignInResult.Refused refused => PlexResult.Refused(request, refused.Code),
            SignInResult.Throttled throttled => PlexResult.Refused(request, throttled.Code, throttled.RetryAfter),
            SignInResult.Busy busy => PlexResult.Refused(request, PlexErrorCode.ServiceUnavailable, busy.RetryAfter),
            var other => throw new InvalidOperationException($"A sign-in ended as {other.GetType().Name}, which has no answer."),
        };
    }

    private static async Task<PlexResult> RenewAsync(PlexRequest request, TokenValidator tokens, AccountAnswers answers, CancellationToken cancellationToken)
    {
        if (request.Token is not { } token)
            return PlexResult.Refused(request, PlexErrorCode.Unauthorized);

        return await tokens.ValidateAsync(token, cancellationToken) is { Kind: PlexTokenKind.Account } grant
            ? PlexResult.Account(request, answers.LegacyForGrant(grant, request), StatusCodes.Status201Created)
            : PlexResult.Refused(request, LegacyErrors.InvalidToken);
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

        if (!Utf8.IsValid(bytes.AsSpan(0, length)))
            throw new InvalidDataException("The Authorization header is not UTF-8.");

        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? throw new InvalidDataException("The Authorization header has no colon.") : (text[..colon], text[(colon + 1)..]);
    }
}
