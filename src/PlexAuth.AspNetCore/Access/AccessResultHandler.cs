using System.Net.Mime;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.AspNetCore.Access;

/// <summary>Tells people why they may not enter; everything that is not a refusal by a Plex policy goes the usual way.</summary>
internal sealed class AccessResultHandler : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        var reasons = Reasons(authorizeResult.AuthorizationFailure);
        return authorizeResult.Forbidden && reasons.Length > 0 ? AnswerAsync(context, reasons) : _usual.HandleAsync(next, context, policy, authorizeResult);
    }

    public static string Reasons(AuthorizationFailure? failure) =>
        string.Join(' ', (failure?.FailureReasons ?? []).Where(reason => reason.Handler is PlexAccessHandler).Select(reason => reason.Message).Distinct(StringComparer.Ordinal));

    public static Task AnswerAsync(HttpContext context, string reason)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!context.Request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase))
            return TypedResults.Problem(reason, statusCode: StatusCodes.Status403Forbidden, title: "Access refused").ExecuteAsync(context);

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        return context.Response.WriteAsync(Page(HtmlEncoder.Default.Encode(reason)), context.RequestAborted);
    }

    private static string Page(string reason) =>
        $"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <title>Access refused</title>
        <main>
          <h1>Access refused</h1>
          <p>{reason}</p>
        </main>
        """;
}
