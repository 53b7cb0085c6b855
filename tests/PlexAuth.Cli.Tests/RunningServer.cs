using System.Diagnostics;
using System.Text.Json;

namespace PlexAuth.Cli.Tests;

// `plexauth serve … --json` in its own process, ended as a service manager would.
internal sealed class RunningServer : IDisposable
{
    private readonly Process _process;

    private RunningServer(Process process, JsonElement answer)
    {
        _process = process;
        AccountUrl = answer.GetProperty("accountUrl").GetString()!;
        Url = answer.GetProperty("serverUrl").GetString()!.TrimEnd('/');
        Certificate = answer.TryGetProperty("certificate", out var certificate) ? certificate.GetString() : null;
        AtticUrl = answer.TryGetProperty("atticUrl", out var attic) && attic.GetString() is { } url ? url.TrimEnd('/') : "";
    }

    public string AccountUrl { get; }

    public string Url { get; }

    // The PEM of its https; null without.
    public string? Certificate { get; }

    // Empty where the server is no dev server.
    public string AtticUrl { get; }

    public static async Task<RunningServer> StartAsync(ToolHome home, params string[] arguments)
    {
        var process = ToolProcess.Start(home, arguments);
        if (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is not { } line)
            throw new InvalidOperationException("The server did not start: " + await process.StandardError.ReadToEndAsync(CancellationToken.None));

        using var answer = JsonDocument.Parse(line);
        process.BeginErrorReadLine();
        return new RunningServer(process, answer.RootElement);
    }

    public async Task<string> MachineIdentifierAsync()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Accept", "application/json");
        using var identity = JsonDocument.Parse(await http.GetStringAsync($"{Url}/identity", TestContext.Current.CancellationToken));
        return identity.RootElement.GetProperty("MediaContainer").GetProperty("machineIdentifier").GetString()!;
    }

    public void Stop()
    {
        if (!_process.HasExited)
            Signals.Send(_process, Signals.Terminate);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Stop();
        _process.Dispose();
    }
}
