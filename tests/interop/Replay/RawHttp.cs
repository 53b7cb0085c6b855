using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace PlexAuth.Interop.Tests.Replay;

internal sealed record RawAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string? ContentType => Headers.GetValueOrDefault("Content-Type")?.Split(';')[0];

    public JsonElement Json() => JsonDocument.Parse(Body).RootElement;
}

/// <summary>Sends bytes as they are and reads one answer, so that no HTTP library tidies up what a foreign one sends.</summary>
internal static class RawHttp
{
    public static async Task<RawAnswer> SendAsync(Uri server, RecordedRequest request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, cancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(request.With("host", server.Authority).ToBytes(), cancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);

        var status = int.Parse((await ReadLineAsync(reader, cancellationToken)).Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await ReadLineAsync(reader, cancellationToken) is { Length: > 0 } line)
            headers.TryAdd(line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        return new RawAnswer(status, headers, await ReadBodyAsync(reader, headers, cancellationToken));
    }

    private static async Task<string> ReadBodyAsync(StreamReader reader, Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        if (headers.TryGetValue("Content-Length", out var length))
            return await ReadCharsAsync(reader, int.Parse(length, CultureInfo.InvariantCulture), cancellationToken);
        if (!headers.ContainsKey("Transfer-Encoding"))
            return "";

        var body = new StringBuilder();
        while (int.Parse(await ReadLineAsync(reader, cancellationToken), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
        {
            body.Append(await ReadCharsAsync(reader, size, cancellationToken));
            await ReadLineAsync(reader, cancellationToken);
        }

        return body.ToString();
    }

    private static async Task<string> ReadLineAsync(StreamReader reader, CancellationToken cancellationToken) =>
        await reader.ReadLineAsync(cancellationToken) ?? throw new IOException("The server closed the connection in the middle of an answer.");

    private static async Task<string> ReadCharsAsync(StreamReader reader, int count, CancellationToken cancellationToken)
    {
        var chars = new char[count];
        if (await reader.ReadBlockAsync(chars, cancellationToken) < count)
            throw new IOException("The server closed the connection in the middle of an answer.");
        return new string(chars);
    }
}
