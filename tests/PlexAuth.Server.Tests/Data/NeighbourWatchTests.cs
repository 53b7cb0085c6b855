using Microsoft.Extensions.Hosting;
using PlexAuth.Server.Data;
using PlexAuth.Server.Replicas;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Tests.Data;

/// <summary>Two processes on one SQLite database, such as a server and a command of its operator.</summary>
public sealed class NeighbourWatchTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    [Fact, Requirement("RT3")]
    public async Task Whom_another_process_disables_is_refused_at_the_next_look()
    {
        await using var server = await StartAsync();
        await using var command = await StartAsync();
        await LookAsync(server);
        var bob = PlexAuthPersona.Bob.Token;
        var grant = await server.GrantAsync(bob);

        await command.Get<PlexAuthAccounts>().SetDisabledAsync(grant.AccountId, disabled: true, RulesHost.Cancelled);
        await LookAsync(server);

        (await server.ValidateAsync(bob)).ShouldBeNull();
    }

    [Fact]
    public async Task What_the_server_writes_itself_makes_it_forget_nothing()
    {
        await using var server = await StartAsync();
        await LookAsync(server);
        var before = server.Get<TokenCache>().Revocations;

        await server.SignInAsync("alice", "alice-password");
        await LookAsync(server);

        server.Get<TokenCache>().Revocations.ShouldBe(before);
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>Its clock stands still, so that nothing is forgotten by its age.</summary>
    private Task<RulesHost> StartAsync() => RulesHost.StartAsync(options => (options.DataDirectory, options.DevPersonas) = (_directory.Path, true), new FakeTimeProvider());

    private static Task LookAsync(RulesHost host) => host.Get<IEnumerable<IHostedService>>().OfType<NeighbourWatch>().Single().LookAsync(RulesHost.Cancelled);
}
