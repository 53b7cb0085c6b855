using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PlexAuth.Cli.Commands.Doctor;

// Whether the account service is there, over both kinds of addresses, and agrees on the time.
internal sealed class ServiceChecks(Connection connection)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(1);

    public async Task<IReadOnlyList<CheckAnswer>> RunAsync(CancellationToken cancellationToken) =>
    [
        await ReachAsync(AddressFamily.InterNetwork, "IPv4", cancellationToken),
        await ReachAsync(AddressFamily.InterNetworkV6, "IPv6", cancellationToken),
        await ClockAsync(cancellationToken),
    ];

    private async Task<CheckAnswer> ReachAsync(AddressFamily family, string name, CancellationToken cancellationToken)
    {
        var (host, port) = (connection.AccountUrl.IdnHost, connection.AccountUrl.Port);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Longest);
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, family, limit.Token);
            if (addresses.Length == 0)
                return new("info", name, $"{host} has no {name} address");

            using var socket = new Socket(family, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(addresses, port, limit.Token);
            return new("ok", name, $"{host} port {port.ToString(CultureInfo.InvariantCulture)} answers");
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // One kind of address is enough, so neither alone is a failure: the clock check fails if both are dead.
            return new("info", name, $"{host} does not answer over {name}. That is in order where this network has no {name}");
        }
    }

    private async Task<CheckAnswer> ClockAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Longest };
        try
        {
            using var answer = await http.GetAsync(connection.AccountUrl, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (answer.Headers.Date is not { } date)
                return new("info", "clock", "the account service does not tell the time");

            var ahead = TimeProvider.System.GetUtcNow() - date;
            return ahead.Duration() < LargestSkew
                ? new("ok", "clock", "agrees with the account service")
                : new("fail", "clock", string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(int)ahead.Duration().TotalMinutes} min {ahead.Duration().Seconds} s {(ahead > TimeSpan.Zero ? "ahead of" : "behind")} the account service: device keys will be refused. Turn on time synchronisation"));
        }
        catch (Exception exception) when (exception is HttpRequestException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new("fail", "account service", $"{connection.AccountUrl} does not answer. Check the network, a proxy, and --account-url");
        }
    }
}
