using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace PlexAuth.Server.Http;

/// <summary>Takes a caller's address, scheme and host from X-Forwarded-* where a known proxy wrote them, and from nowhere else: budgets count by address.</summary>
internal sealed class KnownProxyFilter(IOptions<PlexAuthServerOptions> options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        if (options.Value.KnownProxies.Count > 0)
            app.UseForwardedHeaders(Trust(options.Value.KnownProxies));

        next(app);
    };

    /// <summary>The chain is read from its near end for as long as its links are known, so its length need not be told.</summary>
    private static ForwardedHeadersOptions Trust(IEnumerable<string> proxies)
    {
        var trust = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null,
        };
        trust.KnownProxies.Clear();
        trust.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
            trust.KnownIPNetworks.Add(Parse(proxy));

        return trust;
    }

    private static System.Net.IPNetwork Parse(string proxy)
    {
        if (IPAddress.TryParse(proxy, out var address))
            return new System.Net.IPNetwork(address, address.GetAddressBytes().Length * 8);

        return System.Net.IPNetwork.TryParse(proxy, out var network)
            ? network
            : throw new InvalidOperationException($"PlexAuthServerOptions.KnownProxies has \"{proxy}\", which is neither an IP address nor a network such as 10.0.0.0/8.");
    }
}
