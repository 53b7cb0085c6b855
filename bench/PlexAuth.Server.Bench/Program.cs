using System.Globalization;
using PlexAuth.Server.Bench;

if (args is ["storm"])
{
    await SignInStorm.RunAsync();
    return;
}

if (args is ["teststart"])
{
    await TestServerStart.RunAsync();
    return;
}

// Throughput of GET /api/v2/user with a valid token beside a static endpoint of the same bytes, in one process, round by round in turn.
const string Token = "alice-dev-token-0001";
const string UserPath = "/api/v2/user";
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 41;
var connections = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 16;
var roundTime = TimeSpan.FromSeconds(0.5);

await using var server = await Hosts.StartServerAsync();
var serverAddress = new Uri(server.Urls.First());
using var http = new HttpClient();
http.DefaultRequestHeaders.Add("X-Plex-Token", Token);
http.DefaultRequestHeaders.Add("Accept", "application/json");
var answer = await http.GetAsync(new Uri(serverAddress, UserPath));
var body = await answer.Content.ReadAsByteArrayAsync();
await using var bare = await Hosts.StartStaticAsync(body, answer.Content.Headers.ContentType!.ToString());

var user = new ClosedLoop(serverAddress, UserPath, Token, connections);
var fixedBytes = new ClosedLoop(new Uri(bare.Urls.First()), "/static", Token, connections);
for (var warmUp = 0; warmUp < 16; warmUp++)
{
    await user.RunAsync(roundTime, CancellationToken.None);
    await fixedBytes.RunAsync(roundTime, CancellationToken.None);
}

Console.WriteLine($"{body.Length} bytes, {connections} connections, {rounds} rounds of {roundTime.TotalSeconds} s; answers per second and microseconds of processor time for each");
Console.WriteLine("round    static        user     ratio  static us  user us  ratio");
var pairs = new List<(double Speed, double Cost)>();
for (var round = 1; round <= rounds; round++)
{
    var a = await fixedBytes.RunAsync(roundTime, CancellationToken.None);
    var b = await user.RunAsync(roundTime, CancellationToken.None);
    var pair = (Speed: b.PerSecond / a.PerSecond, Cost: a.Microseconds / b.Microseconds);
    pairs.Add(pair);
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{round,5} {a.PerSecond,9:0} {b.PerSecond,11:0} {pair.Speed,9:0.00} {a.Microseconds,10:0.0} {b.Microseconds,8:0.0} {pair.Cost,6:0.00}"));
}

Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"median ratio {Median(pairs.Select(pair => pair.Speed)):0.00} by the clock, {Median(pairs.Select(pair => pair.Cost)):0.00} by processor time; aim 0.80"));

static double Median(IEnumerable<double> values)
{
    var sorted = values.Order().ToList();
    return sorted[sorted.Count / 2];
}
