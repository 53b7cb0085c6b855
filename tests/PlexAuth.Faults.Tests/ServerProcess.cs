using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace PlexAuth.Faults.Tests;

/// <summary>`plexauth serve` in a process of its own, which tests kill.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, "PlexAuth.Cli");
    private readonly Process _process;

    private ServerProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <param name="data">Its data directory.</param>
    /// <param name="database">PostgreSQL's connection string; null for a file in <paramref name="data"/>.</param>
    /// <param name="instance">Its name on a shared database.</param>
    public static async Task<ServerProcess> StartAsync(string data, string? database, string? instance = null)
    {
        var process = Process.Start(Command(["serve", "--urls", "http://127.0.0.1:0", "--json", "--data", data], database, instance))!;
        if (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is not { } line)
            throw new InvalidOperationException("The server did not start: " + await process.StandardError.ReadToEndAsync(CancellationToken.None));
        process.BeginErrorReadLine();
        using var answer = JsonDocument.Parse(line);
        return new(process, new Uri(answer.RootElement.GetProperty("serverUrl").GetString()!));
    }

    /// <summary>Any command of the tool.</summary>
    public static async Task<(int ExitCode, string Error)> RunAsync(string[] arguments, string? input = null, string? database = null)
    {
        using var process = Process.Start(Command(arguments, database, instance: null))!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, error + await output);
    }

    /// <summary>Each from a loopback address of its own, as if from another place, so that limits for one address are not what is tested.</summary>
    public HttpClient Connect(int place)
    {
        var local = new IPAddress([127, (byte)(1 + (place / 60_000)), (byte)(place / 250 % 240), (byte)(1 + (place % 250))]);
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    socket.Bind(new IPEndPoint(local, 0));
                    await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        return new HttpClient(handler) { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(30) };
    }

    /// <summary>As kill -9 does: nothing is closed, nothing is said.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static ProcessStartInfo Command(string[] arguments, string? database, string? instance)
    {
        var start = new ProcessStartInfo(Executable, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PLEX", StringComparison.Ordinal)).ToArray())
            start.Environment.Remove(name);
        start.Environment["PLEXAUTH_HOME"] = Path.Combine(Path.GetTempPath(), "plexauth-fault-home");
        if (database is not null)
            start.Environment["PLEXAUTH_DATABASE"] = database;
        if (instance is not null)
            start.Environment["PLEXAUTH_INSTANCE"] = instance;
        return start;
    }
}
