using System.Net;
using System.Net.Http.Headers;
using PlexAuth.Internal.Http;

namespace PlexAuth.Internal.Errors;

/// <summary>Turns any answer that is no success into the exception its caller acts on.</summary>
internal static class ErrorReader
{
    private const int TokenExpired = 498;
    private const int MaxRequestIdLength = 128;

    public static Failure Read(Call call, HttpResponseMessage response, ReadOnlyMemory<byte> body, PlexToken? token, TimeProvider time)
    {
        var facts = new ErrorFacts(response.StatusCode, RequestId(response), call.Operation.Name) { Errors = ErrorBody.Read(body, [.. call.Secrets, token?.Reveal() ?? ""]) };
        var retryAfter = RetryAfter(response.Headers.RetryAfter, time);
        var exception = Exception(facts, Advice.Message(call.Operation, facts, retryAfter), retryAfter);
        return new Failure(exception, MayPass(response.StatusCode) ? FailureKind.Status : FailureKind.Final, retryAfter);
    }

    /// <summary>The code decides, because it is the more exact; then the status.</summary>
    private static PlexException Exception(ErrorFacts facts, string message, TimeSpan? retryAfter) =>
        (facts.Errors is [var first, ..] ? first.Code.Value : 0, (int)facts.StatusCode!) switch
        {
            (1028, _) => new PlexVerificationCodeException(message) { Facts = facts },
            (1029, _) => new PlexTwoFactorRequiredException(message) { Facts = facts },
            (1031, _) => new PlexLockedOutException(message) { Facts = facts },
            (1041, _) => new PlexHomePinRequiredException(message) { Facts = facts },
            (_, 400) => new PlexBadRequestException(message) { Facts = facts },
            (_, 401 or TokenExpired) => new PlexUnauthorizedException(message) { Facts = facts },
            (_, 403) => new PlexForbiddenException(message) { Facts = facts },
            (_, 404) => new PlexNotFoundException(message) { Facts = facts },
            (_, 429) => new PlexRateLimitedException(message) { Facts = facts, RetryAfter = retryAfter },
            (_, >= 500) => new PlexServerException(message) { Facts = facts, RetryAfter = retryAfter },
            (_, < 400) => new PlexProtocolException(message) { Facts = facts },
            _ => new PlexException(message) { Facts = facts },
        };

    private static bool MayPass(HttpStatusCode status) => (int)status is 429 or 500 or 502 or 503 or 504;

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, TimeProvider time)
    {
        var wait = header?.Delta ?? header?.Date - time.GetUtcNow();
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    private static string? RequestId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("X-Request-Id", out var values)
        && values.First() is { Length: <= MaxRequestIdLength } id && !id.AsSpan().ContainsAnyExceptInRange('!', '~') ? id : null;
}
