using System.Net;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Tests.Accounts;

/// <summary>No answer of a sign-in, and not the work behind it, tells whether there is an account or how it stands.</summary>
public sealed class EnumerationTests : IAsyncLifetime
{
    /// <summary>How an account may stand, and with which password it is tried: every one of these is refused.</summary>
    private static readonly (string State, string Login, string Password)[] States =
    [
        ("unknown", "nobody-at-all", "wrong-password"),
        ("wrong password", "alice", "wrong-password"),
        ("wrong password, by address", "alice@example.com", "wrong-password"),
        ("second factor, wrong password", "carol", "wrong-password"),
        ("disabled, right password", "heidi", "heidi-password"),
        ("managed user", "erin", "erin-password"),
        ("without a password", "dave", "dave-password"),
        ("address only, by name", "bob", "wrong-password"),
        ("unconfirmed, wrong password", "grace", "wrong-password"),
        ("empty password", "alice", " "),
    ];

    private readonly CountingHasher _hasher = new(iterations: 1);
    private HostedServer? _server;

    private HostedServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await HostedServer.StartAsync(services: services => services.AddSingleton<IPasswordHasher<Account>>(_hasher).AddSingleton(Unlimited.SignIns));
        await Server.App.Services.GetRequiredService<Database>().WriteAsync(
            async session =>
            {
                await session.ExecuteAsync("UPDATE accounts SET email_only_auth = 1 WHERE username = 'bob'");
                await session.ExecuteAsync("UPDATE accounts SET disabled = 1 WHERE username = 'heidi'");
                await session.ExecuteAsync("UPDATE accounts SET sealed_password = NULL WHERE username = 'dave'");
            },
            TestContext.Current.CancellationToken);
    }

    [Theory, Requirement("T1"), Requirement("T2")]
    [InlineData("/api/v2/users/signin.json")]
    [InlineData("/api/v2/users/signin.xml")]
    [InlineData("/users/sign_in.json")]
    [InlineData("/users/sign_in.xml")]
    public async Task All_refusals_are_the_same_bytes_and_cost_one_hash(string path)
    {
        var answers = new List<string>();
        foreach (var (state, login, password) in States)
        {
            _hasher.TakeCosts();
            var reply = await Server.SendAsync(
                HttpMethod.Post, path, headers: [("X-Plex-Client-Identifier", "test-client")],
                content: new FormUrlEncodedContent([new("user[login]", login), new("user[password]", password), new("login", login), new("password", password)]));

            _hasher.TakeCosts().Count.ShouldBe(1, state);
            reply.Status.ShouldBe(HttpStatusCode.Unauthorized, state);
            answers.Add(Normal(reply));
        }

        answers.Distinct().Count().ShouldBe(1, string.Join("\n---\n", answers));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static string Normal(Reply reply)
    {
        var text = new StringBuilder().Append((int)reply.Status).AppendLine();
        foreach (var (name, value) in reply.Headers.OrderBy(header => header.Key, StringComparer.OrdinalIgnoreCase).Where(header => !header.Key.Equals("Date", StringComparison.OrdinalIgnoreCase) && !header.Key.Equals("X-Request-Id", StringComparison.OrdinalIgnoreCase)))
            text.Append(name).Append(": ").AppendLine(value);
        return text.AppendLine(reply.Body).ToString();
    }
}
