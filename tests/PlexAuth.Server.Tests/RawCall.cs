using System.Net.Sockets;
using System.Text;

namespace PlexAuth.Server.Tests;

/// <summary>Sends exactly these bytes, for calls that no HTTP library would make.</summary>
public static class RawCall
{
    /// <returns>Status line, headers and body as they came.</returns>
    public static async Task<string> SendAsync(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reply = new MemoryStream();
        await stream.CopyToAsync(reply, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(reply.ToArray());
    }

    public static Task<string> GetAsync(Uri address, string path, params string[] headers) =>
        SendAsync(address, $"GET {path} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");
}
