using System.Diagnostics;
using System.Runtime.Versioning;
using PlexAuth.Cli.Sessions;

namespace PlexAuth.Cli.Tests;

public sealed class SessionFileTests : IDisposable
{
    private static readonly Session Alice = new(new Uri("https://plex.tv/api/v2"), "identifier-1", "alice", new PlexToken("alice-dev-token-0001"));

    private readonly ToolHome _home = new();

    private string State => _home.Combine("state");

    [Fact]
    public void A_session_is_read_back_as_it_was_saved()
    {
        var sessions = new SessionFile(State);
        sessions.Load().ShouldBeNull();
        sessions.Save(Alice);
        new SessionFile(State).Load().ShouldBe(Alice);
        sessions.Forget();
        sessions.Load().ShouldBeNull();
    }

    [Fact]
    public void A_session_never_shows_its_token() => Alice.ToString().ShouldNotContain("alice-dev-token");

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Only_the_owner_may_enter_the_directory_or_read_the_files()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var sessions = new SessionFile(State);
        sessions.Save(Alice);
        sessions.ClientIdentifier();
        File.GetUnixFileMode(State).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.GetFiles(State).Select(File.GetUnixFileMode).ShouldBe([UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixFileMode.UserRead | UnixFileMode.UserWrite]);
    }

    [Theory]
    [UnsupportedOSPlatform("windows")]
    [InlineData("", UnixFileMode.OtherExecute)]
    [InlineData("session.json", UnixFileMode.GroupRead)]
    [InlineData("session.json", UnixFileMode.OtherRead)]
    [InlineData("client-identifier", UnixFileMode.GroupWrite)]
    public void What_others_can_open_is_refused_with_the_command_that_closes_it(string name, UnixFileMode tooMuch)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        var sessions = Kept();
        var path = Path.Combine(State, name);
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | tooMuch);
        Refusal(sessions).ShouldContain("chmod go-rwx");
    }

    [Theory]
    [InlineData("session.json")]
    [InlineData("client-identifier")]
    public void A_symbolic_link_is_refused(string name)
    {
        var sessions = Kept();
        var path = Path.Combine(State, name);
        File.Move(path, _home.Combine("elsewhere"));
        File.CreateSymbolicLink(path, _home.Combine("elsewhere"));
        Refusal(sessions).ShouldContain("symbolic link");
    }

    [Fact]
    public void What_belongs_to_another_user_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The owner is only known on Linux.");
        Should.Throw<ToolException>(() => Ownership.RequireOwnerOnly(ForeignFile())).Message.ShouldContain("another user");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"accountUrl\":\"https://plex.tv\",\"clientIdentifier\":\"x\",\"account\":\"a\",\"token\":\"two words\"}")]
    [InlineData("{\"accountUrl\":\"https://plex.tv\",\"clientIdentifier\":\"x\",\"account\":\"a\",\"token\":null}")]
    public void A_file_that_holds_no_session_is_named_and_left_alone(string content)
    {
        var sessions = Kept();
        File.WriteAllText(sessions.FileName, content);
        Refusal(sessions).ShouldContain(sessions.FileName);
        File.ReadAllText(sessions.FileName).ShouldBe(content);
    }

    [Fact]
    public async Task A_reader_beside_writers_always_finds_a_whole_session()
    {
        var tokens = Enumerable.Range(0, 3).Select(index => new PlexToken(new string((char)('a' + index), 20 + (2000 * index)))).ToArray();
        new SessionFile(State).Save(Alice);
        using var stop = new CancellationTokenSource();
        var writers = tokens.Select(token => Task.Run(
            () =>
            {
                for (var count = 0; count < 100; count++)
                    new SessionFile(State).Save(Alice with { Token = token });
            },
            TestContext.Current.CancellationToken)).ToArray();

        var seen = 0;
        while (!Task.WhenAll(writers).IsCompleted)
        {
            tokens.Append(Alice.Token).ShouldContain(new SessionFile(State).Load()!.Token);
            seen++;
        }

        await Task.WhenAll(writers);
        seen.ShouldBeGreaterThan(10);
        Directory.GetFiles(State).ShouldBe([new SessionFile(State).FileName]);
    }

    [Fact]
    public async Task The_client_identifier_is_made_once_even_by_starts_at_the_same_time()
    {
        var made = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => new SessionFile(State).ClientIdentifier())));
        made.Distinct(StringComparer.Ordinal).Count().ShouldBe(1);
        made[0].ShouldMatch("^plexauth-[0-9a-f]{24}$");
        new SessionFile(State).ClientIdentifier().ShouldBe(made[0]);
        Directory.GetFiles(State).Length.ShouldBe(1);
    }

    public void Dispose() => _home.Dispose();

    // Only root can give a file away; for anybody else root's own home is foreign.
    private string ForeignFile()
    {
        if (Environment.UserName != "root")
            return "/root";

        var sessions = Kept();
        using var chown = Process.Start("chown", ["12345", sessions.FileName]);
        chown.WaitForExit();
        return sessions.FileName;
    }

    private SessionFile Kept()
    {
        var sessions = new SessionFile(State);
        sessions.Save(Alice);
        sessions.ClientIdentifier();
        return sessions;
    }

    private static string Refusal(SessionFile sessions) => Should.Throw<ToolException>(() =>
    {
        sessions.Load();
        sessions.ClientIdentifier();
    }).Message;
}
