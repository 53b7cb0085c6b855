using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.Cli.Serving;

// The personas' other media server, in the same process on a port of its own. Its door is open from the start, so that its address is known;
// the server behind it is made when somebody first knocks, so that it costs those nothing who do not.
internal sealed class AtticServer : IAsyncDisposable
{
    private readonly Socket _door;
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _opening = Task.CompletedTask;
    private WebApplication? _app;

    private AtticServer(Socket door, string scheme) => (_door, Address) = (door, new Uri($"{scheme}://{door.LocalEndPoint}"));

    public Uri Address { get; }

    // On the port after the first address's; where that is taken, or no particular one is asked for, on a free one.
    public static AtticServer Listen(IReadOnlyList<string> addresses, X509Certificate2? certificate)
    {
        BindingAddress[] others = [.. addresses.Select(BindingAddress.Parse)];
        var host = IPAddress.TryParse(others[0].Host.Trim('[', ']'), out var given) ? given : IPAddress.Loopback;
        var next = others[0].Port + 1;
        var door = others[0].Port > 0 && next <= IPEndPoint.MaxPort && others.All(other => other.Port != next) ? TryListen(host, next) : null;
        return new AtticServer(
            door ?? TryListen(host, 0) ?? throw new ToolException($"No port of {host} is free for the media server \"Attic\"."), certificate is null ? "http" : "https");
    }

    public void OpenWhenCalled(ServerSetup setup, Output output)
    {
        // Only this tells of a waiting call without taking it, and it blocks.
        new Thread(AwaitCall) { IsBackground = true, Name = nameof(AtticServer) }.Start();
        _opening = OpenAsync(setup with { Door = _door }, output);
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _called.TrySetCanceled();
        _door.Dispose();
        await _opening;
        if (_app is not null)
            await _app.DisposeAsync();
        _closing.Dispose();
    }

    private static Socket? TryListen(IPAddress host, int port)
    {
        var door = new Socket(host.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            door.Bind(new IPEndPoint(host, port));
            door.Listen();
            return door;
        }
        catch (SocketException)
        {
            door.Dispose();
            return null;
        }
    }

    private void AwaitCall()
    {
        try
        {
            _door.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectRead);
            _called.TrySetResult();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            _called.TrySetCanceled();
        }
    }

    private async Task OpenAsync(ServerSetup setup, Output output)
    {
        try
        {
            await _called.Task;
            _app = ServerHost.Build(setup);
            await ServerHost.StartAsync(_app, setup.Addresses, _closing.Token);
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception exception)
        {
            output.Warn($"The media server \"Attic\" did not start: {exception.Message}");
        }
    }
}
