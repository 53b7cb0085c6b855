using System.Text;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace PlexAuth.Server.Http;

/// <summary>What Kestrel takes in before this server looks at a call.</summary>
internal sealed class KestrelLimits : IConfigureOptions<KestrelServerOptions>
{
    public const int MaxRequestBodySize = 64 * 1024;

    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        options.RequestHeaderEncodingSelector = HeaderEncoding;
        var limits = options.Limits;
        limits.MaxRequestBodySize = MaxRequestBodySize;
        limits.MaxRequestHeadersTotalSize = 16 * 1024;
        limits.MaxRequestHeaderCount = 64;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        limits.MaxConcurrentConnections = 2_000;
        limits.Http2.MaxStreamsPerConnection = 50;
    }

    // Names of devices and products come as UTF-8 or as ISO-8859-1; the bytes are read again later. Kestrel alone would refuse the latter, also where they mean
    // nothing to this server, as in a cookie of another application on the same host.
    private static Encoding HeaderEncoding(string name) =>
        name.StartsWith("X-Plex-", StringComparison.OrdinalIgnoreCase) ? Encoding.Latin1 : Encoding.UTF8;
}
