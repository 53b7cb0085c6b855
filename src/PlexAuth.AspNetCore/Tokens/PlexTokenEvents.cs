using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.AspNetCore;

/// <summary>What an application may decide while a Plex token is examined. Every hook may run for many requests at once.</summary>
public sealed class PlexTokenEvents
{
    /// <summary>Runs before the token is looked for; set the context's <see cref="PlexTokenReceivedContext.Token"/> to take it from elsewhere.</summary>
    public Func<PlexTokenReceivedContext, Task> OnTokenReceived { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs instead of the plain 401 when a call needs a valid token; must write the whole answer.</summary>
    /// <value>Null, the default, answers 401 with <c>WWW-Authenticate</c> and no body.</value>
    public Func<PlexTokenRefusedContext, Task>? OnChallenge { get; set; }

    /// <summary>Runs instead of the plain 403 when a valid token is not enough; must write the whole answer.</summary>
    /// <value>Null, the default, answers 403 and no body.</value>
    public Func<PlexTokenRefusedContext, Task>? OnForbidden { get; set; }
}

/// <summary>A call whose token has not been read yet.</summary>
/// <param name="context">The call.</param>
/// <param name="scheme">The scheme that runs.</param>
/// <param name="options">That scheme's options.</param>
public sealed class PlexTokenReceivedContext(HttpContext context, AuthenticationScheme scheme, PlexTokenOptions options)
    : ResultContext<PlexTokenOptions>(context, scheme, options)
{
    /// <summary>The token found by the hook. Null leaves the search to the handler: header first, then, where allowed, query.</summary>
    public string? Token { get; set; }
}

/// <summary>A call that is about to be refused.</summary>
/// <param name="context">The call.</param>
/// <param name="scheme">The scheme that runs.</param>
/// <param name="options">That scheme's options.</param>
/// <param name="properties">What the refusing party passed along.</param>
public sealed class PlexTokenRefusedContext(HttpContext context, AuthenticationScheme scheme, PlexTokenOptions options, AuthenticationProperties properties)
    : PropertiesContext<PlexTokenOptions>(context, scheme, options, properties)
{
    /// <summary>The account service could not be asked, so the token may be good: answer 503, as a 401 would make clients throw it away.</summary>
    public bool IsUnchecked { get; init; }
}
