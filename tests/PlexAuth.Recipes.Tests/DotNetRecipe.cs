using PlexAuth.Server;
using PlexAuth.Testing;

namespace PlexAuth.Recipes.Tests;

public sealed class DotNetRecipe
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_password_reset_is_noticed()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient(Personas.Alice);
        Assert.Equal("alice", (await client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation)).Username);

        await plex.RevokeEverythingAsync(Personas.Alice, Cancellation);

        Assert.Equal(PlexTokenStatus.Invalid, await client.Authentication.VerifyAsync(cancellationToken: Cancellation));
        Assert.Equal("GET /api/v2/user", plex.Requests.Last().ToString());
    }

    [Fact]
    public async Task A_rate_limit_is_told_with_how_long_to_wait()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient(Personas.Alice, options => options.Retry = PlexRetry.None);
        plex.Faults.Next("GET /api/v2/user", status: 429, retryAfter: TimeSpan.FromSeconds(2));

        var limited = await Assert.ThrowsAsync<PlexRateLimitedException>(() => client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation));

        Assert.Equal(TimeSpan.FromSeconds(2), limited.RetryAfter);
    }

    [Fact]
    public async Task Accounts_servers_and_Homes_of_your_own()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        var ivan = await plex.AddAccountAsync(new PlexSeedAccount("ivan") { PlexPass = true }, Cancellation);
        await plex.AddHomeAsync(new PlexSeedHome("ivan") { Members = ["dave"] }, Cancellation);
        await plex.AddServerAsync(new PlexSeedServer("Cellar") { Owner = "ivan", SharedWith = ["alice"] }, Cancellation);
        using var client = plex.CreateClient(ivan);

        Assert.True((await client.Authentication.GetTokenDetailsAsync(cancellationToken: Cancellation)).HomeAdmin);
    }
}
