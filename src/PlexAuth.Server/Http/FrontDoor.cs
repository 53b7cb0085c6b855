using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Data;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Throttling;

namespace PlexAuth.Server.Http;

/// <summary>Stands before routing: every call to a path of the protocol passes here, and none leaves without an answer in Plex's shape.</summary>
internal sealed partial class FrontDoor(
    RequestDelegate next, MappedRoles mapped, RequestPace pace, IOptions<PlexAuthServerOptions> options, TimeProvider time, ILogger<FrontDoor> logger)
{
    private static readonly Counter<long> QueryTokens = new Meter("PlexAuth.Server").CreateCounter<long>(
        "plexauth.server.query_tokens", "{request}", "Calls with a token in their address, where proxies log it.");

    private readonly TimeSpan _deadline = options.Value.RequestTimeout;
    private readonly bool _allowQueryToken = options.Value.AllowQueryToken;

    // Devices learn the time from Date, which the web server takes from the system's clock.
    private readonly TimeProvider? _otherClock = time == TimeProvider.System ? null : time;
    private readonly bool _strict = options.Value.Strict;

    public Task InvokeAsync(HttpContext context) =>
        ProtocolPath.Parse(context.Request.Path.Value) is { } path && mapped.Contains(path.Role) ? AdmitAsync(context, path)
        : mapped.AnswersUnknownPaths ? PassUnknownAsync(context)
        : next(context);

    /// <summary>Goes on to a route of the protocol, and takes what it throws past the error pages that the application may have before it.</summary>
    public static async Task PassAsync(HttpContext context, RequestDelegate route)
    {
        if (context.Features.Get<PlexRequest>() is not { } call)
        {
            // Mapped or moved below a prefix, where the front door does not stand.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Features.Get<IStatusCodePagesFeature>()?.Enabled = false;
        try
        {
            await route(context);
        }
        catch (Exception e)
        {
            call.Failure = ExceptionDispatchInfo.Capture(e);
        }
    }

    /// <summary>Pages and health checks are no paths of the protocol either, so only what found no route is answered here.</summary>
    private async Task PassUnknownAsync(HttpContext context)
    {
        await next(context);
        if (context.GetEndpoint() is not null || context.Response is { HasStarted: true } or not { StatusCode: StatusCodes.Status404NotFound })
            return;

        ResponseHeaders.Write(context, PlexRole.MediaServer);
        var path = new ProtocolPath(context.Request.Path.Value ?? "/", PlexRole.MediaServer, Suffix: null);
        await PlexResult.Refused(new PlexRequest(context, path, _allowQueryToken, _strict), PlexErrorCode.NotFound).ExecuteAsync(context);
    }

    private Task AdmitAsync(HttpContext context, ProtocolPath path)
    {
        var started = Stopwatch.GetTimestamp();
        if (!ReferenceEquals(path.Value, context.Request.Path.Value))
            context.Request.Path = path.Value;
        ResponseHeaders.Write(context, path.Role);
        if (_otherClock is not null)
            ResponseHeaders.WriteDate(context, _otherClock.GetUtcNow());
        if (ResponseHeaders.IsPreflight(context.Request))
        {
            ResponseHeaders.AnswerPreflight(context);
            return Task.CompletedTask;
        }

        var request = new PlexRequest(context, path, _allowQueryToken, _strict);
        context.Features.Set(request);
        if (request.HasQueryToken)
            QueryTokens.Add(1);
        return AnswerAsync(context, request, started);
    }

    private async Task AnswerAsync(HttpContext context, PlexRequest request, long started)
    {
        var wait = pace.Exceeded(context, request.Role, request.Token);
        var refusal = wait is null ? await RefusalOfAsync(context, request) : Refusal.For(PlexErrorCode.RateLimited);
        if (refusal is { } error && !context.Response.HasStarted)
        {
            Forget(context.Response);
            var retryAfter = error.Code == PlexErrorCode.ServiceUnavailable ? DatabaseUnavailableException.RetryAfter : wait;
            await PlexResult.Refused(request, error, retryAfter).ExecuteAsync(context);
        }

        if (logger.IsEnabled(LogLevel.Information))
            LogAnswer(context, Stopwatch.GetElapsedTime(started));
    }

    private void LogAnswer(HttpContext context, TimeSpan elapsed)
    {
        var route = RouteOf(context);
        var milliseconds = elapsed.TotalMilliseconds;
        Answered(context.Request.Method, route, context.Response.StatusCode, milliseconds);
    }

    /// <summary>Lets the call through; says what is left to be answered.</summary>
    private async Task<Refusal?> RefusalOfAsync(HttpContext context, PlexRequest request)
    {
        var client = context.RequestAborted;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(client);
        deadline.CancelAfter(_deadline);
        context.RequestAborted = deadline.Token;
        request.Deadline = deadline;
        try
        {
            request.Form = context.Request is { ContentType: not null, HasFormContentType: true } ? await FormBody.ReadAsync(context.Request, context.RequestAborted) : null;
            if (request.HasSeveralTokens)
                return Refusal.For(PlexErrorCode.BadRequest);
            await next(context);
            request.Failure?.Throw();
            return Unanswered(context);
        }
        catch (BadHttpRequestException e)
        {
            return Refusal.Malformed(e.StatusCode);
        }
        catch (InvalidDataException)
        {
            return Refusal.For(PlexErrorCode.BadRequest);
        }
        catch (OperationCanceledException) when (client.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            Late(context.Request.Method, RouteOf(context));
            return Refusal.For(PlexErrorCode.ServiceUnavailable);
        }
        catch (DatabaseUnavailableException e)
        {
            Unavailable(e.Message);
            return Refusal.For(PlexErrorCode.ServiceUnavailable);
        }
        catch (PlexException e)
        {
            // What this server asks others, such as its account service, came back without an answer.
            Unavailable(e.Message);
            return Refusal.For(PlexErrorCode.ServiceUnavailable);
        }
        catch (Exception e)
        {
            var route = RouteOf(context);
            Failed(e, context.Request.Method, route);
            return Refusal.For(PlexErrorCode.ServerError);
        }
        finally
        {
            context.RequestAborted = client;
        }
    }

    private static Refusal? Unanswered(HttpContext context) => context.Response switch
    {
        { HasStarted: true } or { ContentLength: not null } => null,
        { StatusCode: StatusCodes.Status404NotFound } => context.GetEndpoint() is null ? Refusal.For(PlexErrorCode.NotFound) : null,
        { StatusCode: StatusCodes.Status405MethodNotAllowed } => Refusal.For(PlexErrorCode.MethodNotAllowed),
        { StatusCode: >= 400 and < 500 and var status } => Refusal.Malformed(status),
        _ => null,
    };

    private static void Forget(HttpResponse response)
    {
        response.Headers.ContentType = default;
        response.Headers.ContentLength = null;
    }

    // The path itself may hold a secret; the route's pattern does not.
    private static string RouteOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";

    [LoggerMessage(Level = LogLevel.Information, Message = "{Method} {Route} answered {Status} in {Milliseconds:0.0} ms")]
    private partial void Answered(string method, string route, int status, double milliseconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "Answered 503: {Reason}")]
    private partial void Unavailable(string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} had no answer in time")]
    private partial void Late(string method, string route);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Route} failed")]
    private partial void Failed(Exception exception, string method, string route);
}
