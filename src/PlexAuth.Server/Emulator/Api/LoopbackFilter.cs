using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.Server.Emulator;

/// <summary>Lets only programs on this machine in, and no web page of elsewhere; puts what is wrong with a call into words.</summary>
internal sealed class LoopbackFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!IsFromHere(http))
            return TypedResults.NotFound();

        http.Response.Headers["X-PlexAuth-Emulator"] = $"{EmulatorEndpoints.Version}";
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            return await next(context);
        }
        catch (Exception e) when (e is PlexEmulatorException or ArgumentException)
        {
            return EmulatorEndpoints.Problem(e.Message);
        }
        catch (JsonException e)
        {
            return EmulatorEndpoints.Problem($"The body is not the JSON that is wanted here. {e.Message} See GET /openapi/v1.json.");
        }
    }

    // A page that resolves its own name to 127.0.0.1 still sends that name as Host, and any page sends its Origin.
    private static bool IsFromHere(HttpContext http) =>
        (http.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address))
        && IsLoopback(http.Request.Host.Host)
        && (http.Request.Headers.Origin is not [{ } origin] || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && IsLoopback(page.Host)));

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
