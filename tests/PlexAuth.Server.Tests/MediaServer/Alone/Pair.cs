using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.MediaServer.Alone;

/// <summary>An account service, and a media server of its own that asks it over a socket. Dave may claim it.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private readonly TemporaryDirectory _data = new();

    private Pair(HostedServer accounts, Gate gate) => (Accounts, Gate) = (accounts, gate);

    public HostedServer Accounts { get; }

    /// <summary>Before the account service.</summary>
    public Gate Gate { get; }

    public HostedServer Media { get; private set; } = null!;

    /// <summary>Of the media server. It asks the account service anew when this has moved by a second.</summary>
    public FakeTimeProvider Clock { get; } = new();

    public static async Task<Pair> StartAsync(bool claimed = true)
    {
        var gate = new Gate();
        var pair = new Pair(await HostedServer.StartAsync(services: services => services.AddSingleton<IStartupFilter>(gate)), gate);
        await pair.StartMediaAsync();
        if (claimed)
            (await pair.ClaimAsync(PlexAuthPersona.Dave)).ShouldBe(HttpStatusCode.NoContent);
        return pair;
    }

    /// <summary>Ends the media server and starts it again over the same data.</summary>
    public async Task RestartMediaAsync()
    {
        await Media.DisposeAsync();
        await StartMediaAsync();
        // It reports by itself, some time; before it answers a claim, at once.
        (await Media.SendAsync(HttpMethod.Post, "/myplex/claim")).Status.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.BadRequest);
    }

    public async Task<HttpStatusCode> ClaimAsync(PlexAuthPersona persona)
    {
        var claim = JsonElement.Parse((await Accounts.GetAsync("/api/claim/token.json", persona.Token)).Body).GetProperty("token").GetString();
        return (await Media.SendAsync(HttpMethod.Post, $"/myplex/claim?token={claim}")).Status;
    }

    /// <summary>What the account service lists for the media server, or null.</summary>
    public async Task<JsonElement?> ListedAsync(string token)
    {
        var servers = JsonElement.Parse((await Accounts.GetAsync("/api/v2/resources?includeHttps=1", token)).Body).EnumerateArray();
        var identifier = await IdentifierAsync();
        return servers.Where(server => server.GetProperty("clientIdentifier").GetString() == identifier).Cast<JsonElement?>().FirstOrDefault();
    }

    public async Task<string> TokenForMediaAsync(PlexAuthPersona persona) => (await ListedAsync(persona.Token))!.Value.GetProperty("accessToken").GetString()!;

    public async Task<string> DelegateAsync(string token) => JsonElement.Parse((await Media.SendAsync(HttpMethod.Post, "/security/token?type=delegation&scope=all", token)).Body)
        .GetProperty("MediaContainer").GetProperty("token").GetString()!;

    public async Task ShareAsync(PlexAuthPersona friend) => (await Accounts.SendAsync(
        HttpMethod.Post, $"/api/servers/{await IdentifierAsync()}/shared_servers?invited_email={friend.Email}", PlexAuthPersona.Dave.Token)).Status.ShouldBe(HttpStatusCode.Created);

    public async Task<string> IdentifierAsync() => JsonElement.Parse((await Media.GetAsync("/identity")).Body).GetProperty("MediaContainer").GetProperty("machineIdentifier").GetString()!;

    /// <summary>What the media server answers to a token.</summary>
    public async Task<HttpStatusCode> TryAsync(string token) => (await Media.GetAsync("/", token)).Status;

    public async ValueTask DisposeAsync()
    {
        await Media.DisposeAsync();
        await Accounts.DisposeAsync();
        _data.Dispose();
    }

    private async Task StartMediaAsync() => Media = await HostedServer.StartAsync(
        options =>
        {
            options.DevPersonas = false;
            options.AccountUrl = new Uri(Accounts.Address, "/api/v2");
            options.DataDirectory = _data.Path;
            options.FriendlyName = "Cellar";
        },
        services: services => services.AddSingleton<TimeProvider>(Clock));
}
