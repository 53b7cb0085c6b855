using PlexAuth;
using PlexAuth.Server;

// A Plex-compatible server inside this process: a free loopback port, everything in memory, accounts with known passwords.
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddPlexAuthServer(options => options.DevPersonas = true);
await using var server = builder.Build();
server.MapPlexAuthServer();
await server.StartAsync();
var address = new Uri(server.Urls.Single());
Console.WriteLine($"   serving at           {address}");

// Against the real service leave out AccountUrl, and make ServerUrl your own media server's address.
using var plex = new PlexClient(new PlexClientOptions
{
    Identity = new("quickstart-sample-0001", product: "Quickstart"),
    AccountUrl = new Uri(address, "/api/v2"),
    ServerUrl = address,
});
var allWell = true;

var alice = await plex.Authentication.SignInAsync("alice@example.com", "alice-password");
Show("signed in as", $"{alice.Title}, token {Shorten(alice.AuthToken)}", alice.Username == "alice");

var details = await plex.Authentication.GetTokenDetailsAsync();
Show("the token is of", $"{details.Email}, account {details.Id}", details.Id == alice.Id);

var transient = await plex.Authentication.GetTransientTokenAsync();
Show("transient token", $"{Shorten(transient.Token)}, until {transient.ExpiresAt:u} at the latest", transient.Token != alice.AuthToken);

const string livingRoom = "server://0123456789abcdef0123456789abcdef01234567";
var source = await plex.Authentication.GetSourceConnectionInformationAsync(livingRoom);
Show("connection details", $"{source.Name} is at {source.Connections[0].Uri}", source.Name == "Living Room");

// A transient token does at the media server what its parent may, and is what one hands to another device.
var withTransient = new PlexCallOptions { Token = transient.Token };
source = await plex.Authentication.GetSourceConnectionInformationAsync(livingRoom, options: withTransient);
Show("with the transient", $"{source.Name} is at {source.Connections[0].Uri}", source.Name == "Living Room");

await plex.Authentication.SignOutAsync();
var status = await plex.Authentication.VerifyAsync(new PlexCallOptions { Token = alice.AuthToken });
Show("signed out", $"the token is now {status}", status == PlexTokenStatus.Invalid);

try
{
    await plex.Authentication.GetSourceConnectionInformationAsync(livingRoom, options: withTransient);
    Show("transient refused", "no: it still works", worked: false);
}
catch (PlexUnauthorizedException refusal)
{
    Show("transient refused", refusal.Message, worked: true);
}

return allWell ? 0 : 1;

void Show(string step, string seen, bool worked)
{
    Console.WriteLine($"{(worked ? "ok" : "NO")} {step,-20} {seen}");
    allWell &= worked;
}

static string Shorten(PlexToken token) => token.Reveal()[..4] + "…";
