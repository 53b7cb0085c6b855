using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace PlexAuth.Server.Bench;

/// <summary>Many people signing in at once, each again and again, and beside them somebody whose token is checked every few milliseconds.</summary>
internal static class SignInStorm
{
    private const int People = 64;
    private const int Rounds = 9;
    private const int Iterations = 220_000;
    private const string Password = "tide and lantern";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    public static async Task RunAsync()
    {
        await using var server = await Hosts.StartServerAsync();
        var accounts = server.Services.GetRequiredService<PlexAuthAccounts>();
        for (var i = 0; i < People; i++)
            await accounts.CreateAsync($"person{i}", $"person{i}@example.com", Password);
        var address = new Uri(server.Urls.First());
        var rounds = new List<Round>();
        for (var round = 0; round <= Rounds; round++)
            rounds.Add(await MeasureAsync(address));

        // The first one warms up.
        rounds.RemoveAt(0);
        var middle = rounds.OrderBy(round => round.Ratio).ElementAt(Rounds / 2);
        Print($"sign-ins    {middle.SignIns:0.00} a second of {middle.Raw:0.00} that one core hashes: {middle.Ratio:P0}, the median of {Rounds} rounds; {rounds.Sum(round => round.SentAway)} sent away with 503");
        Print($"token check {Describe(rounds.SelectMany(round => round.Quiet))} before, {Describe(rounds.SelectMany(round => round.Busy))} during the storms");
        Print($"            p99 of each storm: {string.Join(", ", rounds.Select(round => $"{P99(round.Busy):0.0}"))} ms");
    }

    /// <summary>Nothing but hashing, nothing but checks, and then the storm with the same checks in it.</summary>
    private static async Task<Round> MeasureAsync(Uri address)
    {
        var raw = RawHashesPerSecond();
        var quiet = await CheckAsync(address, Pause);
        var storm = Enumerable.Range(0, People).Select(i => Task.Run(() => SignInAsync(address, i))).ToList();
        var busy = await CheckAsync(address, Duration);
        var done = await Task.WhenAll(storm);
        return new Round(raw, done.Sum(one => one.SignedIn) / Duration.TotalSeconds, done.Sum(one => one.SentAway), quiet, busy);
    }

    /// <summary>What one core does with nothing else to do.</summary>
    private static double RawHashesPerSecond()
    {
        var hasher = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
        var hash = hasher.HashPassword(new object(), Password);
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(started) < Pause; count++)
            hasher.VerifyHashedPassword(new object(), hash, Password);
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds * Math.Max(1, Environment.ProcessorCount - 1);
    }

    private static async Task<(int SignedIn, int SentAway)> SignInAsync(Uri address, int person)
    {
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-Plex-Client-Identifier", $"bench-{person}");
        var (signedIn, sentAway) = (0, 0);
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Duration;)
        {
            using var answer = await http.PostAsync("/api/v2/users/signin", new FormUrlEncodedContent([new("login", $"person{person}"), new("password", Password)]));
            if (answer.StatusCode == HttpStatusCode.Created)
            {
                // The queue that is left when the time is over is none of its work.
                signedIn += Stopwatch.GetElapsedTime(started) < Duration ? 1 : 0;
                continue;
            }

            sentAway += answer.StatusCode == HttpStatusCode.ServiceUnavailable ? 1 : throw new InvalidOperationException($"Answered {answer.StatusCode}.");
            await Task.Delay(Patience);
        }

        return (signedIn, sentAway);
    }

    private static async Task<List<double>> CheckAsync(Uri address, TimeSpan duration)
    {
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-Plex-Token", "alice-dev-token-0001");
        var milliseconds = new List<double>();
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < duration;)
        {
            var asked = Stopwatch.GetTimestamp();
            using (var answer = await http.GetAsync("/api/v2/user"))
                answer.EnsureSuccessStatusCode();
            milliseconds.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            await Task.Delay(CheckEvery);
        }

        milliseconds.Sort();
        return milliseconds;
    }

    private static string Describe(IEnumerable<double> milliseconds)
    {
        List<double> sorted = [.. milliseconds.Order()];
        return string.Create(CultureInfo.InvariantCulture, $"p50 {sorted[sorted.Count / 2]:0.0} ms, p99 {P99(sorted):0.0} ms");
    }

    private static double P99(List<double> sorted) => sorted[sorted.Count * 99 / 100];

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <param name="Raw">Hashes a second of the cores that hash for the server, with nothing else to do.</param>
    /// <param name="SignIns">A second.</param>
    /// <param name="Quiet">Milliseconds for each token check.</param>
    private sealed record Round(double Raw, double SignIns, int SentAway, List<double> Quiet, List<double> Busy)
    {
        public double Ratio => SignIns / Raw;
    }
}
