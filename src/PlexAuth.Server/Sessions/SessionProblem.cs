using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using PlexAuth.Server.Pages;

namespace PlexAuth.Server.Sessions;

/// <summary>A refusal by the pages' API, as RFC 9457 has it, with a code that the pages act on and a sentence that they show.</summary>
internal sealed record SessionProblem(int Status, string Code, string Detail) : IResult
{
    private const string ContentType = "application/problem+json";

    public static SessionProblem SignInRequired { get; } = new(StatusCodes.Status401Unauthorized, "sign_in_required", "You are not signed in, or no longer.");

    public static SessionProblem SignInAgain { get; } = new(StatusCodes.Status403Forbidden, "sign_in_again", "Enter your password again to do this.");

    public static SessionProblem NotPermitted { get; } = new(StatusCodes.Status403Forbidden, "not_permitted", "Your account may not do this.");

    public static SessionProblem Malformed { get; } = new(StatusCodes.Status400BadRequest, "malformed", "The request could not be understood.");

    /// <summary>From another site, or from a page that was opened before somebody signed in or out elsewhere.</summary>
    public static SessionProblem PageOutdated { get; } = new(StatusCodes.Status403Forbidden, "page_outdated", "This page is out of date. Load it again.");

    public static SessionProblem HttpsNeeded { get; } = new(
        StatusCodes.Status403Forbidden,
        "https_needed",
        "Signing in needs https here, or others on the network could read your password. Operators: behind a reverse proxy, name it in PlexAuthServerOptions.KnownProxies.");

    public static SessionProblem Busy(TimeSpan wait) => new(StatusCodes.Status503ServiceUnavailable, "busy", "The server is busy at the moment.") { RetryAfter = wait };

    [JsonIgnore]
    public TimeSpan? RetryAfter { get; init; }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        PageHeaders.Set(httpContext);
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = ContentType;
        if (RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(Math.Max(1, wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

        await JsonSerializer.SerializeAsync(response.Body, this, PageJson.Default.SessionProblem, httpContext.RequestAborted);
    }
}
