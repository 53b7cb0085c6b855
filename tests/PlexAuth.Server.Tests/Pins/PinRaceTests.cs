using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace PlexAuth.Server.Tests.Pins;

[Requirement("RP3")]
public class PinRaceTests
{
    private static readonly (string Account, string Token)[] Rivals = [("alice", PlexAuthPersona.Alice.Token), ("bob", PlexAuthPersona.Bob.Token)];

    [Fact]
    public async Task A_hundred_calls_with_one_code_have_one_winner_whose_account_the_app_is_given()
    {
        var time = new MovedTime();
        await using var server = await HostedServer.StartAsync(services: services => services.AddSingleton<TimeProvider>(time));
        // No more at once than a busy machine answers before the server turns callers away.
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = 25 };
        using var client = new HttpClient(handler) { BaseAddress = server.Address };
        for (var round = 0; round < 10; round++)
        {
            var pin = JsonElement.Parse((await server.SendAsync(HttpMethod.Post, "/api/v2/pins")).Body);
            var link = $"/api/v2/pins/link?code={pin.GetProperty("code").GetString()}";

            var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(call => LinkAsync(client, link, Rivals[call % 2].Token)));

            var winner = answers.Index().Where(answer => answer.Item == HttpStatusCode.NoContent).ShouldHaveSingleItem().Index;
            answers.Distinct().ShouldBeSubsetOf([HttpStatusCode.NoContent, HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests, HttpStatusCode.ServiceUnavailable]);
            var token = JsonElement.Parse((await server.GetAsync($"/api/v2/pins/{pin.GetProperty("id").GetInt32()}")).Body).GetProperty("authToken").GetString();
            JsonElement.Parse((await server.GetAsync("/api/v2/user", token)).Body).GetProperty("username").GetString().ShouldBe(Rivals[winner % 2].Account);
            // The losers' calls were wrong guesses, which are forgotten in a day.
            time.Advance(TimeSpan.FromHours(25));
        }
    }

    private static async Task<HttpStatusCode> LinkAsync(HttpClient client, string link, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, link) { Headers = { { "X-Plex-Token", token }, { "X-Plex-Client-Identifier", "rival" } } };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }
}
