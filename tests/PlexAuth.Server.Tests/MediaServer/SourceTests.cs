using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Tests.Data;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Tests.MediaServer;

public class SourceTests
{
    private const string Alice = "alice-dev-token-0001";
    private const string LivingRoom = "server://0123456789abcdef0123456789abcdef01234567";
    private const string Attic = "server://89abcdef0123456789abcdef0123456789abcdef";
    private const string Podcasts = "provider://tv.plex.provider.podcasts";

    [Theory]
    [InlineData(LivingRoom, "Living Room", 0)]
    [InlineData(Podcasts, "Podcasts", 1)]
    public async Task The_owner_learns_name_connections_and_a_token(string source, string name, int connections)
    {
        await using var host = await RulesHost.StartWithPersonasAsync();

        var found = (await GetAsync(host, source, Alice)).ShouldBeOfType<SourceResult.Found>();

        (found.Source.DisplayName, found.Source.Name.ToString(), found.Source.Connections.Count).ShouldBe((name, source, connections));
        found.AccessToken.ShouldNotBeNull().Reveal().ShouldStartWith("transient-");
    }

    [Fact]
    public async Task Connections_keep_order_and_kind()
    {
        await using var host = await RulesHost.StartWithPersonasAsync();

        var connections = (await GetAsync(host, Attic, TransientOf(host, await host.GrantAsync(Alice)))).ShouldBeOfType<SourceResult.Found>().Source.Connections;

        connections.Select(c => (c.Protocol, c.Port, c.Local, c.Relay)).ShouldBe([("http", 32400, true, false), ("https", 443, false, false), ("https", 8443, false, true)]);
        connections[0].Uri.ShouldBe("http://192.0.2.10:32400");
    }

    [Fact]
    public async Task The_token_for_this_server_is_accepted_here_and_that_for_another_is_not()
    {
        await using var host = await RulesHost.StartWithPersonasAsync();

        var own = ((SourceResult.Found)await GetAsync(host, LivingRoom, Alice)).AccessToken!.Value.Reveal();
        var others = ((SourceResult.Found)await GetAsync(host, Podcasts, Alice)).AccessToken!.Value.Reveal();

        (await host.GrantAsync(own)).Access.ShouldBe(ServerAccess.Owner);
        (await host.ValidateAsync(others)).ShouldBeNull();
    }

    [Fact]
    public async Task A_transient_token_of_the_owner_may_ask_but_nothing_is_minted_for_it()
    {
        await using var host = await RulesHost.StartWithPersonasAsync();
        var transient = TransientOf(host, await host.GrantAsync(Alice));

        ((SourceResult.Found)await GetAsync(host, LivingRoom, transient)).AccessToken!.Value.Reveal().ShouldBe(transient);
        ((SourceResult.Found)await GetAsync(host, Attic, transient)).AccessToken.ShouldBeNull();
    }

    [Theory]
    [InlineData("bob-dev-token-000001")]
    [InlineData("dave-dev-token-00001")]
    [InlineData("erin-dev-token-00001")]
    public async Task Nobody_but_the_owner_may_ask(string token)
    {
        await using var host = await RulesHost.StartWithPersonasAsync();

        (await GetAsync(host, LivingRoom, token)).ShouldBeOfType<SourceResult.NotPermitted>();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789abcdef0123456789abcdef01234567")]
    [InlineData("server:/0123456789abcdef0123456789abcdef01234567")]
    [InlineData("server://")]
    [InlineData("SERVER://0123456789abcdef0123456789abcdef01234567")]
    [InlineData("http://127.0.0.1")]
    [InlineData("server://a/b")]
    [InlineData("server://a b")]
    [InlineData("server://a@b")]
    [InlineData("server://é")]
    [InlineData("provider://a\r\n")]
    public async Task What_is_not_a_source_is_malformed(string? source)
    {
        await using var host = await RulesHost.StartWithPersonasAsync();

        (await GetAsync(host, source, Alice)).ShouldBeOfType<SourceResult.Malformed>();
    }

    [Theory]
    [InlineData("server://ffffffffffffffffffffffffffffffffffffffff")]
    [InlineData("provider://0123456789abcdef0123456789abcdef01234567")]
    [InlineData("server://tv.plex.provider.podcasts")]
    public async Task What_is_not_registered_is_unknown(string source)
    {
        await using var host = await RulesHost.StartWithPersonasAsync();

        (await GetAsync(host, source, Alice)).ShouldBeOfType<SourceResult.Unknown>();
    }

    [Fact]
    public async Task Another_owners_server_that_is_not_shared_is_as_unknown_as_none()
    {
        await using var host = await RulesHost.StartWithPersonasAsync();
        await host.Get<Server.Data.Database>().WriteAsync(session => session.ExecuteAsync("DELETE FROM source_shares"), RulesHost.Cancelled);

        (await GetAsync(host, Attic, Alice)).ShouldBeOfType<SourceResult.Unknown>();
    }

    [Theory]
    [InlineData("0123")]
    [InlineData("0123456789ABCDEF0123456789abcdef01234567")]
    public async Task A_machine_identifier_of_another_form_is_refused_at_the_start(string identifier) =>
        await Should.ThrowAsync<InvalidOperationException>(RulesHost.StartAsync(options => options.MachineIdentifier = identifier));

    [Fact]
    public async Task A_chosen_identity_is_kept_and_may_be_renamed()
    {
        using var directory = new TemporaryDirectory();
        await using (var first = await RulesHost.StartAsync(options => (options.DataDirectory, options.FriendlyName) = (directory.Path, "Cellar")))
            first.Get<OwnServer>().FriendlyName.ShouldBe("Cellar");

        await using var second = await RulesHost.StartAsync(options => (options.DataDirectory, options.FriendlyName) = (directory.Path, "Loft"));

        second.Get<OwnServer>().FriendlyName.ShouldBe("Loft");
        (await second.ReadAsync<int>("SELECT COUNT(*) FROM sources")).ShouldBe(1);
    }

    [Fact]
    public async Task A_server_that_is_nowhere_to_be_had_is_refused_though_it_is_registered()
    {
        await using var host = await RulesHost.StartWithPersonasAsync();

        (await GetAsync(host, Attic, Alice)).ShouldBeOfType<SourceResult.NotPermitted>();
    }

    private static string TransientOf(RulesHost host, TokenGrant owner) =>
        host.Get<DelegationService>().Delegate(owner, new PlexToken(Alice)).ShouldNotBeNull().Token.Reveal();

    private static async Task<SourceResult> GetAsync(RulesHost host, string? source, string token) =>
        await host.Get<SourceService>().GetAsync(source, await host.GrantAsync(token), new PlexToken(token), RulesHost.Cancelled);
}
