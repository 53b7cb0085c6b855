using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using PlexAuth.Server.Data;
using PlexAuth.Server.Http;
using PlexAuth.Server.Pins;
using PlexAuth.Server.Sessions;

namespace PlexAuth.Server.Pages;

/// <summary>The pages that people see. They are the same for everybody; what differs comes from /account/api.</summary>
internal static partial class PageEndpoints
{
    private static readonly PathString[] Roots = ["/auth", "/link", "/account", "/pages"];

    public static void MapPages(this IEndpointRouteBuilder app)
    {
        var routes = app.MapGroup("").KeptApart();
        routes.MapPage("/auth", PageFiles.Page("auth", "Allow an app"), PageHeaders.UnsafeNone);
        routes.MapPage("/link", PageFiles.Page("link", "Link a device"), PageHeaders.SameOrigin);
        routes.MapPage("/account", PageFiles.Page("account", "Your account"), PageHeaders.SameOrigin);
        routes.MapPage("/account/home", PageFiles.Page("home", "Your Home"), PageHeaders.SameOrigin);
        routes.MapPage("/account/accounts", PageFiles.Page("accounts", "Accounts"), PageHeaders.SameOrigin);
        routes.MapMethods("/pages/{file}", Verbs.Read, SendAsset).AllowAnonymous();

        var api = routes.MapGroup("/account/api").Around(AnswerAsync).AddEndpointFilter<RouteGroupBuilder, SessionFilter>();
        api.MapSession();
        api.MapPinConsent();
        api.MapOwnAccount();
        api.MapHomePage();
        api.MapAccountList();
    }

    /// <summary>Whether it is a page, or what a page calls and loads.</summary>
    public static bool IsPage(PathString path) => Array.Exists(Roots, root => path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));

    private static void MapPage(this IEndpointRouteBuilder routes, string path, PageFile page, string openerPolicy) =>
        routes.MapMethods(path, Verbs.Read, (HttpContext context) =>
        {
            PageHeaders.Set(context, openerPolicy);
            return TypedResults.Bytes(page.Content, page.ContentType);
        }).AllowAnonymous();

    private static async Task AnswerAsync(HttpContext context, RequestDelegate route)
    {
        try
        {
            await route(context);
        }
        catch (DatabaseUnavailableException e) when (!context.Response.HasStarted)
        {
            Unavailable(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(PageEndpoints)), e.Message);
            await SessionProblem.Busy(DatabaseUnavailableException.RetryAfter).ExecuteAsync(context);
        }
    }

    private static IResult SendAsset(string file, HttpContext context)
    {
        PageHeaders.Set(context);
        if (!PageFiles.Assets.TryGetValue(file, out var asset))
            return TypedResults.NotFound();

        // Nothing secret is in them, so a browser may keep them as long as it asks whether they changed.
        context.Response.Headers.CacheControl = "no-cache";
        return TypedResults.Bytes(asset.Content, asset.ContentType, entityTag: new EntityTagHeaderValue(asset.EntityTag));
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Answered 503: {Reason}")]
    private static partial void Unavailable(ILogger logger, string reason);
}
