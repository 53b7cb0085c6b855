using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PlexAuth.Benchmarks;

/// <summary>The same answer over loopback sockets, connections kept alive; allocates nothing per request.</summary>
internal sealed class CannedServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;

    public CannedServer(byte[] body)
    {
        _answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
        _listener.Start();
        new Thread(Accept) { IsBackground = true }.Start();
    }

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public void Dispose() => _listener.Stop();

    private void Accept()
    {
        try
        {
            while (true)
            {
                var socket = _listener.AcceptSocket();
                socket.NoDelay = true;
                new Thread(() => Answer(socket)) { IsBackground = true }.Start();
            }
        }
        catch (SocketException)
        {
            // Stopped.
        }
    }

    private void Answer(Socket socket)
    {
        // A GET of these clients is well under this size and arrives in one piece on loopback.
        var request = new byte[8192];
        using (socket)
        {
            while (socket.Receive(request) > 0)
                socket.Send(_answer);
        }
    }
}
