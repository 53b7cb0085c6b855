using System.Net;
using System.Text.Json;
using PlexAuth.Server.MediaServer.Authority;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.MediaServer;

/// <summary>A server that gets another machine identifier is another server to whoever knew it.</summary>
public class MachineIdentifierTests
{
    private static readonly string Later = new('e', 40);

    [Fact]
    public async Task Friends_are_listed_tokens_that_open_it_under_its_new_name()
    {
        using var directory = new TemporaryDirectory();
        string former;
        await using (var before = await HostedServer.StartAsync(options => options.DataDirectory = directory.Path))
            former = await TokenAsync(before);

        await using var after = await HostedServer.StartAsync(options => (options.DataDirectory, options.MachineIdentifier) = (directory.Path, Later));

        (await after.GetAsync("/", await TokenAsync(after))).Status.ShouldBe(HttpStatusCode.OK);
        (await after.GetAsync("/", former)).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_claim_elsewhere_under_the_former_name_is_let_go()
    {
        using var directory = new TemporaryDirectory();
        await using (var before = await RulesHost.StartAsync(options => options.DataDirectory = directory.Path))
            await before.Get<OwnClaim>().ReplaceAsync(new PlexToken("claimed-elsewhere"), RulesHost.Cancelled);

        await using var after = await RulesHost.StartAsync(options => (options.DataDirectory, options.MachineIdentifier) = (directory.Path, Later));

        (await after.Get<OwnClaim>().FindAsync(RulesHost.Cancelled)).ShouldBeNull();
        await after.Get<PlexAuthAccounts>().RotateKeysAsync(RulesHost.Cancelled);
    }

    private static async Task<string> TokenAsync(HostedServer server) => JsonElement.Parse((await server.GetAsync("/api/v2/resources", PlexAuthPersona.Frank.Token)).Body)
        .EnumerateArray().Single().GetProperty("accessToken").GetString()!;
}
