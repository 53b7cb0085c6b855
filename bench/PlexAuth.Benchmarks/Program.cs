using System.Diagnostics;
using System.Globalization;
using PlexAuth;
using PlexAuth.Benchmarks;

// Both clients take turns in short rounds, so that whatever else the machine does hits them alike; the median of the rounds counts.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var rounds = args is [var given, ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 31;
var body = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "user.json"));

Console.WriteLine($"GET /user, {body.Length} bytes of JSON, median of {rounds} paired rounds");
Console.WriteLine($"{"",-10} {"bare",10} {"PlexAuth",10} {"ratio",7} {"bare",10} {"PlexAuth",10} {"ratio",7}");
using (var stub = new CannedHandler(body))
    await CompareAsync("in memory", new HttpClient(stub), new Uri("http://account.test"), callsPerRound: 2000);
using (var server = new CannedServer(body))
    await CompareAsync("loopback", new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }), server.Url, callsPerRound: 500);

async Task CompareAsync(string name, HttpClient http, Uri address, int callsPerRound)
{
    using var plex = new PlexClient(http, new PlexClientOptions
    {
        Identity = new PlexClientIdentity("benchmark-client", "Benchmark"),
        Credential = PlexCredential.FromToken("alice-dev-token-0001"),
        AccountUrl = address,
    });
    var bare = new BareClient(http, new Uri(address, "user"));
    Func<Task> bareCall = () => bare.GetAsync();
    Func<Task> plexCall = () => plex.Authentication.GetTokenDetailsAsync();

    for (var i = 0; i < 10; i++)
    {
        await RoundAsync(bareCall, callsPerRound);
        await RoundAsync(plexCall, callsPerRound);
    }

    var bareRounds = new List<(double Time, double Bytes)>();
    var plexRounds = new List<(double Time, double Bytes)>();
    for (var i = 0; i < rounds; i++)
    {
        bareRounds.Add(await RoundAsync(bareCall, callsPerRound));
        plexRounds.Add(await RoundAsync(plexCall, callsPerRound));
    }

    var (bareTime, plexTime) = (Median(bareRounds.Select(r => r.Time)), Median(plexRounds.Select(r => r.Time)));
    var (bareBytes, plexBytes) = (Median(bareRounds.Select(r => r.Bytes)), Median(plexRounds.Select(r => r.Bytes)));
    var timeRatio = Median(bareRounds.Zip(plexRounds, (b, p) => p.Time / b.Time));
    Console.WriteLine($"{name,-10} {bareTime,7:F1} us {plexTime,7:F1} us {timeRatio,7:F2} {bareBytes,8:F0} B {plexBytes,8:F0} B {plexBytes / bareBytes,7:F2}");
}

static async Task<(double Time, double Bytes)> RoundAsync(Func<Task> call, int count)
{
    var bytes = GC.GetTotalAllocatedBytes(precise: true);
    var start = Stopwatch.GetTimestamp();
    for (var i = 0; i < count; i++)
        await call();

    var time = Stopwatch.GetElapsedTime(start).TotalMicroseconds / count;
    return (time, (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)count);
}

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToArray();
    return sorted[sorted.Length / 2];
}
