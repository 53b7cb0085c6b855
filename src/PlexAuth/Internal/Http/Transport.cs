using System.Net;
using System.Text;
using PlexAuth.Internal.Errors;
using PlexAuth.Internal.Json;

namespace PlexAuth.Internal.Http;

/// <summary>Makes calls: attempts and waits within one timeout, with the token for the configured address only.</summary>
internal sealed class Transport(HttpClient http, ClientSettings settings, TokenCache tokens, ServiceClock clock)
{
    private readonly RequestFactory _requests = new(settings);

    /// <exception cref="PlexException">The call failed; the type says how.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<T> SendAsync<T>(Call call, AnswerReader<T> read, CancellationToken cancellationToken) where T : class
    {
        var timeout = call.Options?.Timeout ?? settings.Timeout;
        if (!ClientOptionsRules.IsTimeout(timeout))
            throw new InvalidOperationException("PlexCallOptions.Timeout is neither positive (24 days at most) nor Timeout.InfiniteTimeSpan.");

        using var deadline = new CancellationTokenSource(timeout, settings.TimeProvider);
        using var forwarded = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), deadline);
        using var observation = new CallObservation(call.Operation, settings);
        try
        {
            var answer = await AttemptAsync(call, read, timeout, observation, deadline.Token).ConfigureAwait(false);
            observation.Succeeded();
            return answer;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            var exception = NetworkFailures.Timeout(call.Operation, deadline.IsCancellationRequested ? timeout : null, e);
            observation.Failed(exception);
            throw exception;
        }
        catch (OperationCanceledException e)
        {
            // The call's own token source is an inner matter: callers compare with theirs.
            throw new TaskCanceledException(e.Message, e, cancellationToken);
        }
        catch (Exception e)
        {
            observation.Failed(e);
            throw;
        }
    }

    private async Task<T> AttemptAsync<T>(
        Call call, AnswerReader<T> read, TimeSpan timeout, CallObservation observation, CancellationToken cancellationToken) where T : class
    {
        var started = settings.TimeProvider.GetTimestamp();
        var address = _requests.AddressOf(call);
        var token = await tokens.GetAsync(call, address, cancellationToken).ConfigureAwait(false);
        var left = timeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : timeout - settings.TimeProvider.GetElapsedTime(started);
        var schedule = new RetrySchedule(call.Options?.Retry ?? settings.Retry, left, settings.TimeProvider);
        for (var (renewed, mayHaveHappened) = (false, false); ;)
        {
            var (answer, failure) = await SendOnceAsync(call, read, address, token, observation, cancellationToken).ConfigureAwait(false);
            if (answer is not null)
                return answer;

            // A sign-out whose answer was lost finds its token gone, as it should be: the same as an empty answer.
            if (mayHaveHappened && call.Operation == Operation.SignOut && failure.Exception is PlexUnauthorizedException { Errors.Count: > 0 }
                && Answer.Read(default, read) is { } done)
                return done;

            if (!renewed && failure.Exception is PlexUnauthorizedException
                && await tokens.RenewAsync(call, address, token, cancellationToken).ConfigureAwait(false) is { } other)
            {
                (token, renewed) = (other, true);
                continue;
            }

            if (schedule.NextDelay(failure.For(call.Operation)) is not { } delay)
            {
                if (ReasonOf(failure.Exception, address) is { } reason)
                    tokens.Refused(call, token, reason);
                throw failure.Exception;
            }

            mayHaveHappened |= failure is { Kind: FailureKind.Broken } or { Exception: PlexServerException };
            observation.Retrying(failure.Exception, delay);
            await Task.Delay(delay, settings.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Null unless the account service itself says that the token is of no use: a page of something in between, or a media server, may not.</summary>
    private PlexTokenInvalidReason? ReasonOf(PlexException exception, Uri address) => exception switch
    {
        not PlexUnauthorizedException { Errors.Count: > 0 } => null,
        _ when !settings.IsAccountService(address) => null,
        { StatusCode: HttpStatusCode.Unauthorized } => PlexTokenInvalidReason.Revoked,
        _ => PlexTokenInvalidReason.Expired,
    };

    private async Task<(T? Answer, Failure Failure)> SendOnceAsync<T>(
        Call call, AnswerReader<T> read, Uri address, PlexToken? token, CallObservation observation, CancellationToken cancellationToken) where T : class
    {
        using var request = _requests.Create(call, address, token);
        var target = request.RequestUri;
        try
        {
            using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            observation.Answered(response.StatusCode);
            if (settings.IsAccountService(address))
                clock.Learn(response.Headers.Age is null ? response.Headers.Date : null);
            if (request.RequestUri != target)
                return (null, NetworkFailures.Redirected(call.Operation));

            using var body = await PooledBody.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                return (null, ErrorReader.Read(call, response, body.Memory, token, settings.TimeProvider));

            return Answer.Read(body.Memory, read) is { } answer ? (answer, default) : (null, NetworkFailures.Unreadable(call.Operation, response.StatusCode));
        }
        catch (HttpRequestException e) when (e is { HttpRequestError: HttpRequestError.Unknown, InnerException: null } && HasOtherThanAscii(request))
        {
            // The platform refuses to write such headers before it sends anything, and says so only in words. A broken connection has an inner exception.
            throw new InvalidOperationException(
                "The HttpClient given to PlexClient sends header values in ASCII only, and the identity has others. Set RequestHeaderEncodingSelector of its " +
                "SocketsHttpHandler to (_, _) => Encoding.UTF8, or keep to ASCII.", e);
        }
        catch (Exception e) when (NetworkFailures.From(call.Operation, e) is { } failure)
        {
            return (null, failure);
        }
    }

    private static bool HasOtherThanAscii(HttpRequestMessage request) =>
        request.Headers.NonValidated.Any(header => header.Value.Any(value => !Ascii.IsValid(value)));
}
