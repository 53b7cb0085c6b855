using System.Net.Mime;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace PlexAuth.AspNetCore.Access;

/// <summary>Answers whether a request that stands at a reverse proxy may go on, and signs people in for it.</summary>
internal sealed class ForwardAuth(AuthorizationPolicy policy, string signInPath, PlexForwardAuthOptions options)
{
    /// <summary>200 with headers that name the person, 401, 403 with the reason, or for a browser the way to the sign-in.</summary>
    public async Task CheckAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var result = await EvaluateAsync(context);
        if (result.Succeeded)
            Name(context.User, context.Response.Headers);
        else if (result.Forbidden)
            await AccessResultHandler.AnswerAsync(context, Reason(result));
        else if (SignInAddress(context) is { } signIn)
            context.Response.Redirect(signIn);
        else
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
    }

    public async Task SignInAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        var address = ReturnAddress.Returned(context.Request);
        if (!ReturnAddress.IsAllowed(address, options.ReturnHosts))
        {
            await TypedResults.Problem("The page to return to is on none of the hosts in PlexForwardAuthOptions.ReturnHosts.", statusCode: StatusCodes.Status400BadRequest).ExecuteAsync(context);
            return;
        }

        var result = await EvaluateAsync(context);
        if (result.Succeeded)
            context.Response.Redirect(address!);
        else if (result.Forbidden)
            await AccessResultHandler.AnswerAsync(context, Reason(result));
        else
            await context.ChallengeAsync(options.SignInScheme, new AuthenticationProperties { RedirectUri = address });
    }

    private async Task<PolicyAuthorizationResult> EvaluateAsync(HttpContext context)
    {
        var evaluator = context.RequestServices.GetRequiredService<IPolicyEvaluator>();
        var authenticated = await evaluator.AuthenticateAsync(policy, context);
        return await evaluator.AuthorizeAsync(policy, authenticated, context, context);
    }

    /// <summary>Only a browser that wants a page can sign in; a script gets the 401 it understands.</summary>
    private string? SignInAddress(HttpContext context)
    {
        var method = context.Request.Headers["X-Forwarded-Method"].ToString();
        var wantsPage = method is "" or "GET" or "HEAD" && context.Request.Headers.Accept.ToString().Contains(MediaTypeNames.Text.Html, StringComparison.OrdinalIgnoreCase);
        return options.PublicUrl is { } self && wantsPage && ReturnAddress.Asked(context.Request) is { } asked && ReturnAddress.IsAllowed(asked, options.ReturnHosts)
            ? self.AbsoluteUri.TrimEnd('/') + signInPath + ReturnAddress.Query(asked)
            : null;
    }

    /// <summary>All four are always there, so that a proxy never lets through what the browser itself sent under these names.</summary>
    private static void Name(ClaimsPrincipal user, IHeaderDictionary headers)
    {
        var verified = user.HasClaim(PlexClaimTypes.EmailVerified, "true");
        headers["Remote-Id"] = Sendable(user.FindFirstValue(ClaimTypes.NameIdentifier));
        headers["Remote-User"] = Sendable(user.FindFirstValue(PlexClaimTypes.PreferredUsername) ?? user.FindFirstValue(ClaimTypes.NameIdentifier));
        headers["Remote-Name"] = Sendable(user.Identity?.Name);
        headers["Remote-Email"] = verified ? Sendable(user.FindFirstValue(ClaimTypes.Email)) : "";
    }

    /// <summary>Printable ASCII as it is; anything else percent-encoded whole, as headers cannot carry it.</summary>
    private static string Sendable(string? value) => value is null ? "" : value.AsSpan().ContainsAnyExceptInRange(' ', '~') ? Uri.EscapeDataString(value) : value;

    private static string Reason(PolicyAuthorizationResult result) =>
        AccessResultHandler.Reasons(result.AuthorizationFailure) is { Length: > 0 } reason ? reason : "This account may not enter.";
}
