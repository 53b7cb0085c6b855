using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Emulator;

/// <summary>Lets one call go wrong.</summary>
internal sealed class FaultPlayer(IOptions<PlexAuthServerOptions> options, TimeProvider time)
{
    public async Task PlayAsync(PlexEmulatorFault fault, HttpContext context, PlexRequest? request, RequestDelegate next)
    {
        if (fault.Delay > TimeSpan.Zero)
            await Task.Delay(fault.Delay, time, context.RequestAborted);
        if (fault.Drop)
            context.Abort();
        else if (fault.Html || (request is null && Refuses(fault)))
            await PageAsync(fault, context);
        else if (request is not null && Refuses(fault))
            await RefuseAsync(fault, context, request);
        else
            await AnswerAsync(fault, context, request, next);
    }

    private static bool Refuses(PlexEmulatorFault fault) => fault.Status is not null || fault.Code is not null;

    private Task AnswerAsync(PlexEmulatorFault fault, HttpContext context, PlexRequest? request, RequestDelegate next)
    {
        if (fault.Xml && request is not null)
            AskForXml(context, request);
        SetRetryAfter(fault, context.Response);
        return fault.Truncate || fault.SlowByte > TimeSpan.Zero || fault.Fields.Count > 0 ? SpoilAsync(fault, context, next) : next(context);
    }

    private void AskForXml(HttpContext context, PlexRequest request)
    {
        var path = new ProtocolPath(context.Request.Path.Value!, request.Role, PlexFormat.Xml);
        context.Features.Set(new PlexRequest(context, path, options.Value.AllowQueryToken, options.Value.Strict) { Form = request.Form });
    }

    private static Task PageAsync(PlexEmulatorFault fault, HttpContext context)
    {
        var status = fault.Status ?? StatusCodes.Status502BadGateway;
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html";
        SetRetryAfter(fault, context.Response);
        var title = $"{status} {ReasonPhrases.GetReasonPhrase(status)}";
        return context.Response.WriteAsync($"<html><head><title>{title}</title></head><body><center><h1>{title}</h1></center></body></html>", context.RequestAborted);
    }

    private static Task RefuseAsync(PlexEmulatorFault fault, HttpContext context, PlexRequest request)
    {
        var refusal = fault.Code is { } code ? Refusal.Of(new PlexErrorCode(code), fault.Status) : Refusal.OfStatus(fault.Status!.Value);
        return PlexResult.Refused(request, refusal, fault.RetryAfter).ExecuteAsync(context);
    }

    private async Task SpoilAsync(PlexEmulatorFault fault, HttpContext context, RequestDelegate next)
    {
        var original = context.Response.Body;
        using var kept = new MemoryStream();
        context.Response.Body = kept;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = original;
        }

        var body = FieldFault.Apply(fault.Fields, context.Response.ContentType, kept.ToArray());
        context.Response.ContentLength = body.Length;
        if (fault.Truncate)
            await BreakOffAsync(context, body);
        else if (fault.SlowByte > TimeSpan.Zero)
            await DripAsync(context, body, fault.SlowByte);
        else
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private static async Task BreakOffAsync(HttpContext context, byte[] body)
    {
        await context.Response.Body.WriteAsync(body.AsMemory(0, body.Length / 2), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private async Task DripAsync(HttpContext context, byte[] body, TimeSpan pause)
    {
        // The server would otherwise take a slow answer for a slow reader and break it off.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
        for (var position = 0; position < body.Length; position++)
        {
            await context.Response.Body.WriteAsync(body.AsMemory(position, 1), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(pause, time, context.RequestAborted);
        }
    }

    private static void SetRetryAfter(PlexEmulatorFault fault, HttpResponse response)
    {
        if (fault.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
