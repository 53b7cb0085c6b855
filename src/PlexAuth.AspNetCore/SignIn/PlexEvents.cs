using Microsoft.AspNetCore.Authentication;

namespace PlexAuth.AspNetCore;

/// <summary>What an application may decide while somebody signs in. Every hook may run for many people at once.</summary>
/// <remarks>
/// The inherited hooks: <c>OnAccessDenied</c> when the person said no or came back without an answer, <c>OnRemoteFailure</c> for everything else that went
/// wrong (its <c>Failure.Message</c> can be shown), <c>OnTicketReceived</c> just before the session begins.
/// </remarks>
public class PlexEvents : RemoteAuthenticationEvents
{
    /// <summary>Runs before the PIN is made: say what the person shall see as device.</summary>
    public Func<PlexCreatingPinContext, Task> OnCreatingPin { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs with the account known and the claims made: add claims, or refuse by the context's <c>Fail</c>.</summary>
    public Func<PlexCreatingTicketContext, Task> OnCreatingTicket { get; set; } = _ => Task.CompletedTask;

    /// <summary>Runs instead of the redirect to the sign-in page; must write the whole answer.</summary>
    public Func<RedirectContext<PlexOptions>, Task> OnRedirectToSignIn { get; set; } = context =>
    {
        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    };

    /// <summary>Calls <see cref="OnCreatingPin"/>.</summary>
    public virtual Task CreatingPin(PlexCreatingPinContext context) => OnCreatingPin(context);

    /// <summary>Calls <see cref="OnCreatingTicket"/>.</summary>
    public virtual Task CreatingTicket(PlexCreatingTicketContext context) => OnCreatingTicket(context);

    /// <summary>Calls <see cref="OnRedirectToSignIn"/>.</summary>
    public virtual Task RedirectToSignIn(RedirectContext<PlexOptions> context) => OnRedirectToSignIn(context);
}
