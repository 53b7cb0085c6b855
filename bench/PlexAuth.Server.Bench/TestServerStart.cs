using System.Diagnostics;
using System.Globalization;
using PlexAuth.Testing;

namespace PlexAuth.Server.Bench;

/// <summary>How long a test waits for its own server, in a process that has started some before.</summary>
internal static class TestServerStart
{
    private const int WarmUp = 10;
    private const int Rounds = 51;

    public static async Task RunAsync()
    {
        var times = new List<(double Clock, double Processor)>();
        for (var round = 0; round < WarmUp + Rounds; round++)
        {
            var processor = Environment.CpuUsage.TotalTime;
            var started = Stopwatch.GetTimestamp();
            await using var plex = await PlexTestServer.StartAsync();
            if (round >= WarmUp)
                times.Add((Stopwatch.GetElapsedTime(started).TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds));
        }

        var clock = times.Select(time => time.Clock).Order().ToList();
        var processorTime = times.Select(time => time.Processor).Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"PlexTestServer.StartAsync, {Rounds} times: median {clock[Rounds / 2]:0} ms, slowest {clock[^1]:0} ms, {processorTime[Rounds / 2]:0} ms of processor time; aim 200 ms"));
    }
}
