using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace PlexAuth.Server.Bench;

/// <summary>A fixed number of connections, each of which sends its next request when the last answer is complete.</summary>
internal sealed class ClosedLoop(Uri address, string path, string token, int connections)
{
    private readonly byte[] _request = Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nAccept: application/json\r\nX-Plex-Client-Identifier: bench\r\nX-Plex-Token: {token}\r\n\r\n");

    public async Task<Throughput> RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var cpuBefore = Environment.CpuUsage.TotalTime;
        var answers = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(() => AskAsync(started, duration, cancellationToken), cancellationToken)));
        var total = answers.Sum();
        return new Throughput(total / Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - cpuBefore).TotalMicroseconds / total);
    }

    private async Task<int> AskAsync(long started, TimeSpan duration, CancellationToken cancellationToken)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(address.Host, address.Port, cancellationToken);
        var buffer = new byte[32 * 1024];
        var answers = 0;
        var length = 0;
        while (Stopwatch.GetElapsedTime(started) < duration)
        {
            await socket.SendAsync(_request, cancellationToken);
            length = await ReceiveAsync(socket, buffer, length, cancellationToken);
            answers++;
        }

        return answers;
    }

    /// <summary>All answers of a run are equally long, so only the first has to be understood.</summary>
    private static async Task<int> ReceiveAsync(Socket socket, byte[] buffer, int expected, CancellationToken cancellationToken)
    {
        var received = 0;
        do
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(received), cancellationToken);
            received += read > 0 ? read : throw new InvalidOperationException("The server closed the connection.");
            if (expected == 0)
                expected = LengthOf(buffer.AsSpan(0, received));
        }
        while (expected == 0 || received < expected);

        return received == expected ? expected : throw new InvalidOperationException("The answers differ in length.");
    }

    private static int LengthOf(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return 0;
        var head = Encoding.ASCII.GetString(received[..end]);
        if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            throw new InvalidOperationException(head);

        var line = head.Split("\r\n").First(header => header.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase));
        return end + 4 + int.Parse(line["Content-Length: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <param name="PerSecond">Answers.</param>
/// <param name="Microseconds">Processor time of the whole process for one answer, asking included; other programs' load hardly changes it.</param>
internal sealed record Throughput(double PerSecond, double Microseconds);
