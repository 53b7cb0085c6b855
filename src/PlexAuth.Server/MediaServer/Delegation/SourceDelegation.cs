using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Resources;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.MediaServer.Delegation;

/// <summary>Asks another media server for a transient token, as the caller and with the caller's token for that server.</summary>
internal partial class SourceDelegation(OwnServer own, IOptions<PlexAuthServerOptions> options, TimeProvider time)
{
    private const int LongestAnswer = 64 * 1024;

    private static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(3);

    /// <summary>Of all calls together, which are made while somebody waits.</summary>
    private static readonly TimeSpan LongestSearch = TimeSpan.FromSeconds(6);

    /// <returns>Null when no address may be called, none is that server, or it gives no token in time.</returns>
    public virtual async Task<PlexToken?> AskAsync(Source source, TokenGrant caller, CancellationToken cancellationToken)
    {
        if (source.CallersToken is not { } token)
            return null;
        Uri[] addresses = [.. source.Connections.Select(connection => VettedAddress.Read(connection.Uri)).OfType<Uri>().Distinct()];
        if (addresses.Length == 0)
            return null;

        // Connections are not kept, as another source may not be called where this one may.
        using var http = new HttpClient(CreateHandler(source.ReportedFrom)) { MaxResponseContentBufferSize = LongestAnswer, Timeout = Timeout.InfiniteTimeSpan };
        using var deadline = new CancellationTokenSource(LongestSearch, time);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await foreach (var attempt in Task.WhenEach(addresses.Select(address => IsServerAsync(http, address, source.Name.Identifier, enough.Token))).WithCancellation(cancellationToken))
        {
            if (await attempt is { } address && await DelegateAsync(http, address, token, enough.Token) is { } delegated)
            {
                await enough.CancelAsync();
                return delegated;
            }
        }

        return null;
    }

    /// <summary>No token goes where another server answers.</summary>
    private Task<Uri?> IsServerAsync(HttpClient http, Uri address, string machineIdentifier, CancellationToken cancellationToken) => TryAsync(
        async deadline =>
        {
            var answer = await http.GetStringAsync(new Uri(address, "/identity"), deadline);
            return MachineIdentifier().Match(answer) is { Success: true } match && match.Groups["id"].Value == machineIdentifier ? address : null;
        },
        cancellationToken);

    private async Task<PlexToken?> DelegateAsync(HttpClient http, Uri address, PlexToken token, CancellationToken cancellationToken)
    {
        using var plex = new PlexClient(http, new PlexClientOptions
        {
            Identity = new PlexClientIdentity(own.MachineIdentifier, ServerProduct.Name) { DeviceName = own.FriendlyName },
            Retry = PlexRetry.None,
            Timeout = Timeout.InfiniteTimeSpan,
        });
        var call = new PlexCallOptions { ServerUrl = address, Token = token };
        var minted = await TryAsync(async deadline => await plex.Authentication.GetTransientTokenAsync(options: call, cancellationToken: deadline), cancellationToken);
        return minted?.Token;
    }

    private async Task<T?> TryAsync<T>(Func<CancellationToken, Task<T?>> call, CancellationToken cancellationToken)
        where T : class
    {
        using var deadline = new CancellationTokenSource(LongestCall, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await call(either.Token);
        }
        // An answer that names a character set nobody knows is an InvalidOperationException.
        catch (Exception e) when (e is PlexException or HttpRequestException or IOException or SocketException or InvalidOperationException
            || (e is OperationCanceledException && either.IsCancellationRequested))
        {
            return null;
        }
    }

    private SocketsHttpHandler CreateHandler(IPAddress? reportedFrom)
    {
        var handler = OutboundHandler.Create(options.Value.TrustedRoots);
        handler.ConnectCallback = async (context, cancellationToken) =>
        {
            var host = context.DnsEndPoint.Host;
            // Looked up once: what was vetted is what is connected to.
            var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
            var isHttps = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
            var vetted = addresses.FirstOrDefault(address => VettedAddress.Allows(address, isHttps, reportedFrom))
                ?? throw new HttpRequestException("The address is not one that this server calls.");
            var socket = new Socket(vetted.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(vetted, context.DnsEndPoint.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
        return handler;
    }

    [GeneratedRegex("""machineIdentifier"?\s*[:=]\s*"(?<id>[^"]*)["]""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MachineIdentifier();
}
