using System.Runtime.Versioning;

namespace PlexAuth.Tests;

/// <summary>One class, so that tests which change the process's environment run one after the other.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class EnvironmentTests : IDisposable
{
    private static readonly string[] Variables =
        ["PLEX_TOKEN", "PLEX_TOKEN_FILE", "PLEX_CLIENT_IDENTIFIER", "PLEX_CLIENT_IDENTIFIER_FILE", "PLEX_ACCOUNT_URL", "PLEX_SERVER_URL", "PLEX_SERVER_URL_FILE"];

    private readonly string _directory = Directory.CreateTempSubdirectory("plexauth-environment-").FullName;
    private readonly Dictionary<string, string?> _before = Variables.ToDictionary(name => name, Environment.GetEnvironmentVariable);

    public EnvironmentTests() => Clear();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Home => Path.Combine(_directory, "home");

    [Fact]
    public void Ten_starts_and_twenty_at_once_are_one_installation()
    {
        var identifiers = Enumerable.Range(0, 20).AsParallel().WithDegreeOfParallelism(8).Select(_ => Identity().ClientIdentifier)
            .ToList().Concat(Enumerable.Range(0, 10).Select(_ => Identity().ClientIdentifier));

        identifiers.Distinct(StringComparer.Ordinal).ShouldHaveSingleItem().Length.ShouldBe(32);
        File.GetUnixFileMode(Path.Combine(Home, "client-identifier")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Identity().Product.ShouldBe("My App");
        Identity().Platform.ShouldNotBeNull();
    }

    [Fact]
    public void The_environments_client_identifier_wins_and_nothing_is_kept_then()
    {
        Environment.SetEnvironmentVariable("PLEX_CLIENT_IDENTIFIER_FILE", Write("given-identifier\n"));

        Identity().ClientIdentifier.ShouldBe("given-identifier");
        Directory.Exists(Home).ShouldBeFalse();
    }

    [Fact]
    public async Task The_environments_token_is_read_again_when_asked_anew()
    {
        var credential = PlexCredential.FromEnvironment();
        var request = new PlexTokenRequest(new Uri("https://plex.tv"), new PlexClientIdentity("id"), ForceRefresh: false);
        (await Should.ThrowAsync<PlexSignInRequiredException>(async () => await credential.GetTokenAsync(request, Cancellation))).Message.ShouldContain("PLEX_TOKEN_FILE");

        var file = Write("first\r\n");
        Environment.SetEnvironmentVariable("PLEX_TOKEN_FILE", file);
        (await credential.GetTokenAsync(request, Cancellation)).Token.Reveal().ShouldBe("first");
        await File.WriteAllTextAsync(file, "second", Cancellation);
        (await credential.GetTokenAsync(request, Cancellation)).Token.Reveal().ShouldBe("second");

        Environment.SetEnvironmentVariable("PLEX_TOKEN", "both");
        await Should.ThrowAsync<InvalidOperationException>(async () => await credential.GetTokenAsync(request, Cancellation));
        Environment.SetEnvironmentVariable("PLEX_TOKEN_FILE", null);
        Environment.SetEnvironmentVariable("PLEX_TOKEN", "canary token");
        (await Should.ThrowAsync<InvalidOperationException>(async () => await credential.GetTokenAsync(request, Cancellation))).ToString().ShouldNotContain("canary");
    }

    [Fact]
    public void Addresses_come_from_the_environment_where_they_are_set()
    {
        var options = new PlexClientOptions { ServerUrl = new Uri("http://unchanged:32400") };
        Environment.SetEnvironmentVariable("PLEX_ACCOUNT_URL", "http://127.0.0.1:32400/api/v2");

        options.UseEnvironment();
        (options.AccountUrl.AbsoluteUri, options.ServerUrl.AbsoluteUri).ShouldBe(("http://127.0.0.1:32400/api/v2", "http://unchanged:32400/"));

        Environment.SetEnvironmentVariable("PLEX_SERVER_URL", "ftp://server");
        Should.Throw<InvalidOperationException>(options.UseEnvironment).Message.ShouldContain("PLEX_SERVER_URL");
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
            Environment.SetEnvironmentVariable(name, value);
        Directory.Delete(_directory, recursive: true);
    }

    private PlexClientIdentity Identity() => PlexClientIdentity.ForThisInstallation("My App", Home);

    private string Write(string text)
    {
        var file = Path.Combine(_directory, "value");
        File.WriteAllText(file, text);
        return file;
    }

    private static void Clear()
    {
        foreach (var name in Variables)
            Environment.SetEnvironmentVariable(name, null);
    }
}
