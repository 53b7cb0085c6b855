using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Http;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Emulator;

/// <summary>Stands behind the front door: records each call of the protocol, plays the scripted fault, and is strict where it is told to be.</summary>
internal sealed class EmulatorMiddleware(
    RequestDelegate next, PlexEmulatorRequests requests, PlexEmulatorFaults faults, FaultPlayer player, AutomaticPins pins, TokenValidator tokens,
    IOptions<PlexAuthServerOptions> options, TimeProvider time)
{
    public Task InvokeAsync(HttpContext context) => context.Features.Get<PlexRequest>() is { } request ? HandleAsync(context, request) : next(context);

    private async Task HandleAsync(HttpContext context, PlexRequest request)
    {
        var broken = StrictRules.Broken(context.Request, request);
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

    private async Task<PlexEmulatorRequest> RecordAsync(HttpContext context, PlexRequest request, IReadOnlyList<Refusal> broken)
    {
        var grant = request.Token is { } token ? await tokens.ValidateAsync(token, context.RequestAborted) : null;
        var record = new PlexEmulatorRequest(context.Request.Method, context.Request.Path, request.Client)
        {
            At = time.GetUtcNow(),
            HasToken = request.Token is not null,
            TokenKind = grant?.Kind,
            Account = grant?.Account.Title,
            Warnings = [.. broken.Select(refusal => refusal.Message)],
        };
        requests.Add(record);
        return record;
    }

    private async Task AnswerAsync(HttpContext context, PlexRequest request, IReadOnlyList<Refusal> broken)
    {
        if (faults.AccountServiceDown && request.Role == PlexRole.Account)
        {
            context.Abort();
            return;
        }

        if (options.Value.Strict && broken is [var refusal, ..])
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
