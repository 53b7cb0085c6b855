using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Pages;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Emulator;

/// <summary>Stands behind the front door: records each call, plays the scripted fault, and is strict where it is told to be.</summary>
internal sealed class EmulatorMiddleware(
    RequestDelegate next, PlexEmulatorRequests requests, PlexEmulatorFaults faults, FaultPlayer player, AutomaticPins pins, TokenValidator tokens,
    IOptions<PlexAuthServerOptions> options, TimeProvider time)
{
    private static readonly PathString Controls = "/_emulator";

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(Controls, StringComparison.OrdinalIgnoreCase))
            return next(context);
        ResponseHeaders.WriteDate(context, time.GetUtcNow());
        return HandleAsync(context, context.Features.Get<PlexRequest>());
    }

    /// <param name="context">The call.</param>
    /// <param name="request">Null outside the protocol, such as for a page.</param>
    private async Task HandleAsync(HttpContext context, PlexRequest? request)
    {
        var broken = request is null ? [] : StrictRules.Broken(context.Request, request);
        var record = await RecordAsync(context, request, broken);
        try
        {
            await AnswerAsync(context, request, broken);
            record.Status = context.RequestAborted.IsCancellationRequested ? null : context.Response.StatusCode;
        }
        catch (BadHttpRequestException e)
        {
            record.Status = e.StatusCode;
            throw;
        }
    }

    private async Task<PlexEmulatorRequest> RecordAsync(HttpContext context, PlexRequest? request, IReadOnlyList<Refusal> broken)
    {
        var grant = request?.Token is { } token ? await tokens.ValidateAsync(token, context.RequestAborted) : null;
        var record = new PlexEmulatorRequest(context.Request.Method, context.Request.Path, request?.Client)
        {
            At = time.GetUtcNow(),
            HasToken = request?.Token is not null,
            TokenKind = grant?.Kind,
            Account = grant?.Account.Title,
            Warnings = [.. broken.Select(refusal => refusal.Message)],
        };
        requests.Add(record);
        return record;
    }

    private async Task AnswerAsync(HttpContext context, PlexRequest? request, IReadOnlyList<Refusal> broken)
    {
        if (faults.AccountServiceDown && (request?.Role == PlexRole.Account || PageEndpoints.IsPage(context.Request.Path)))
        {
            context.Abort();
            return;
        }

        if (options.Value.Strict && request is not null && broken is [var refusal, ..])
        {
            await PlexResult.Refused(request, refusal).ExecuteAsync(context);
            return;
        }

        if (HttpMethods.IsGet(context.Request.Method) && StrictRules.IsPins(context.Request.Path))
            await pins.AllowAsync(context.RequestAborted);
        if (faults.Take(context.Request.Method, context.Request.Path.Value ?? "/") is { } fault)
            await player.PlayAsync(fault, context, request, next);
        else
            await next(context);
    }
}
