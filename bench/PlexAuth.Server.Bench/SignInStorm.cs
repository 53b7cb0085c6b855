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
    private const int Iterations = 220_000;
    private const string Password = "tide and lantern";
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    public static async Task RunAsync()
    {
        await using var server = await Hosts.StartServerAsync();
        var accounts = server.Services.GetRequiredService<PlexAuthAccounts>();
        for (var i = 0; i < People; i++)
            await accounts.CreateAsync($"person{i}", $"person{i}@example.com", Password);
        var address = new Uri(server.Urls.First());
        var raw = RawHashesPerSecond();
        var quiet = await CheckAsync(address, TimeSpan.FromSeconds(5));

        var storm = Enumerable.Range(0, People).Select(i => Task.Run(() => SignInAsync(address, i))).ToList();
        var busy = await CheckAsync(address, Duration);
        var done = await Task.WhenAll(storm);

        var perSecond = done.Sum(one => one.SignedIn) / Duration.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sign-ins    {perSecond:0.00} a second of {raw:0.00} that one core hashes: {perSecond / raw:P0}; {done.Sum(one => one.SentAway)} sent away with 503"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"token check {Describe(quiet)} before, {Describe(busy)} during the storm"));
    }

    /// <summary>What one core does with nothing else to do.</summary>
    private static double RawHashesPerSecond()
    {
        var hasher = new PasswordHasher<object>(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
        var hash = hasher.HashPassword(new object(), Password);
        var started = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(5); count++)
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
                signedIn++;
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

    private static string Describe(List<double> sorted) =>
        string.Create(CultureInfo.InvariantCulture, $"p50 {sorted[sorted.Count / 2]:0.0} ms, p99 {sorted[sorted.Count * 99 / 100]:0.0} ms");
}
