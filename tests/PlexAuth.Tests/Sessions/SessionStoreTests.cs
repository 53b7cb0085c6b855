using System.Runtime.Versioning;
using PlexAuth.Internal.Sessions;

namespace PlexAuth.Tests;

[UnsupportedOSPlatform("windows")]
public sealed class SessionStoreTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("plexauth-sessions-").FullName;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string StoreDirectory => Path.Combine(_directory, "store");

    [Theory]
    [InlineData("memory")]
    [InlineData("files")]
    [InlineData("secret-tool")]
    public async Task A_session_comes_back_as_it_was_under_its_own_profile(string kind)
    {
        var store = Store(kind);
        using var key = PlexSigningKey.Create("key-id");
        var session = Session("alice") with
        {
            Token = new PlexToken("alice-token"),
            ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000),
            DeviceKey = key,
            Scopes = [PlexJwtScopes.Username, PlexJwtScopes.Email],
        };

        await store.SaveAsync(session, Cancellation);
        await store.SaveAsync("work", Session("bob"), Cancellation);
        var kept = (await store.LoadAsync(cancellationToken: Cancellation)).ShouldNotBeNull();

        (kept.AccountUrl, kept.ClientIdentifier, kept.Account, kept.Token, kept.ExpiresAt).ShouldBe(
            (session.AccountUrl, session.ClientIdentifier, session.Account, session.Token, session.ExpiresAt));
        kept.Scopes.ShouldBe(session.Scopes);
        kept.DeviceKey.ShouldNotBeNull().PublicKey.ShouldBe(key.PublicKey);
        (await store.LoadAsync("work", Cancellation)).ShouldNotBeNull().Account.ShouldBe("bob");
        (await store.ListAsync(Cancellation)).ShouldBe(["default", "work"]);

        await store.SaveAsync(null, Cancellation);
        (await store.LoadAsync(cancellationToken: Cancellation)).ShouldBeNull();
        (await store.ListAsync(Cancellation)).ShouldBe(["work"]);
        await Should.ThrowAsync<ArgumentException>(async () => await store.LoadAsync("../work", Cancellation));
    }

    [Fact]
    public async Task Files_are_open_to_their_owner_alone()
    {
        await Files().SaveAsync(Session("alice"), Cancellation);

        File.GetUnixFileMode(StoreDirectory).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.GetFiles(StoreDirectory).ShouldAllBe(file => File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Theory]
    [InlineData("file open to others")]
    [InlineData("directory open to others")]
    [InlineData("file is a link")]
    [InlineData("directory is a link")]
    public async Task What_others_could_have_placed_or_could_read_is_refused(string flaw)
    {
        await Files().SaveAsync(Session("alice"), Cancellation);
        Spoil(flaw);

        await Should.ThrowAsync<UnauthorizedAccessException>(async () => await Files().LoadAsync(cancellationToken: Cancellation));
        await Should.ThrowAsync<UnauthorizedAccessException>(async () => await Files().SaveAsync(Session("bob"), Cancellation));
    }

    [Fact]
    public async Task A_file_in_the_place_of_the_directory_is_no_empty_store()
    {
        await File.WriteAllTextAsync(StoreDirectory, "", Cancellation);
        File.SetUnixFileMode(StoreDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        await Should.ThrowAsync<IOException>(async () => await Files().LoadAsync(cancellationToken: Cancellation));
        await Should.ThrowAsync<IOException>(async () => await Files().ListAsync(Cancellation));
    }

    [Fact]
    public async Task A_link_that_leads_nowhere_is_no_empty_store()
    {
        Directory.CreateSymbolicLink(StoreDirectory, StoreDirectory + ".gone");

        await Should.ThrowAsync<UnauthorizedAccessException>(async () => await Files().LoadAsync(cancellationToken: Cancellation));
        await Should.ThrowAsync<UnauthorizedAccessException>(async () => await Files().ListAsync(Cancellation));
    }

    [Fact]
    public async Task Where_there_is_nothing_there_is_no_session()
    {
        (await Files().LoadAsync(cancellationToken: Cancellation)).ShouldBeNull();
        (await Files().ListAsync(Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_belongs_to_another_user_is_refused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The owner is only known on Linux.");
        await Files().SaveAsync(Session("alice"), Cancellation);

        // Only root can give a file away; for anybody else root's own home is foreign.
        var foreign = Environment.UserName == "root" ? Path.Combine(StoreDirectory, "session.json") : "/root";
        if (Environment.UserName == "root")
            await System.Diagnostics.Process.Start("chown", ["12345", foreign]).WaitForExitAsync(Cancellation);

        Should.Throw<UnauthorizedAccessException>(() => Ownership.RequireOwnerOnly(foreign)).Message.ShouldContain("another user");
    }

    [Fact]
    public async Task A_reader_beside_writers_always_finds_a_whole_session()
    {
        await Files().SaveAsync(Session("0") with { Token = SessionWriter.TokenOf("0") }, Cancellation);
        var writers = Task.WhenAll(Enumerable.Range(0, 3).Select(writer => Task.Run(async () =>
        {
            for (var count = 0; count < 30; count++)
                await Files().SaveAsync(Session($"{(count * 3) + writer}") with { Token = SessionWriter.TokenOf($"{(count * 3) + writer}") }, Cancellation);
        })));

        while (!writers.IsCompleted)
        {
            var kept = (await Files().LoadAsync(cancellationToken: Cancellation)).ShouldNotBeNull();
            kept.Token.ShouldBe(SessionWriter.TokenOf(kept.Account!));
        }

        await writers;
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"accountUrl\":\"https://plex.tv\",\"clientIdentifier\":\"x\",\"token\":\"two words\"}")]
    [InlineData("{\"accountUrl\":\"not an address\",\"clientIdentifier\":\"x\"}")]
    public async Task A_file_that_holds_no_session_is_left_alone(string content)
    {
        await Files().SaveAsync(Session("alice"), Cancellation);
        var file = Path.Combine(StoreDirectory, "session.json");
        await File.WriteAllTextAsync(file, content, Cancellation);

        (await Should.ThrowAsync<InvalidDataException>(async () => await Files().LoadAsync(cancellationToken: Cancellation))).Message.ShouldContain(file);

        (await File.ReadAllTextAsync(file, Cancellation)).ShouldBe(content);
    }

    [Fact]
    public async Task A_damaged_file_is_named_but_not_quoted()
    {
        await Files().SaveAsync(Session("alice"), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(StoreDirectory, "session.json"), """{"token":"canary-token" oops""", Cancellation);

        var failure = await Should.ThrowAsync<InvalidDataException>(async () => await Files().LoadAsync(cancellationToken: Cancellation));

        failure.Message.ShouldContain("session.json");
        failure.ToString().ShouldNotContain("canary");
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("files")]
    public async Task Updates_of_many_callers_come_one_after_the_other(string kind)
    {
        var store = Store(kind);
        await store.SaveAsync(Session("0"), Cancellation);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(
            async () => await (kind == "files" ? Files() : store).UpdateAsync("default", session => new(session! with { Account = $"{int.Parse(session.Account!, provider: null) + 1}" }), Cancellation))));

        (await store.LoadAsync(cancellationToken: Cancellation)).ShouldNotBeNull().Account.ShouldBe("20");
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("files")]
    [InlineData("secret-tool")]
    public async Task A_sign_in_that_is_saved_during_an_update_is_what_stays(string kind)
    {
        var store = Store(kind);
        await store.SaveAsync(Session("alice"), Cancellation);
        var asked = new TaskCompletionSource();
        var answered = new TaskCompletionSource();
        var update = store.UpdateAsync("default", async session =>
        {
            asked.SetResult();
            await answered.Task;
            return session! with { Token = new PlexToken("renewed-token") };
        }, Cancellation).AsTask();
        await asked.Task;

        var save = store.SaveAsync(Session("bob"), Cancellation).AsTask();
        answered.SetResult();
        await Task.WhenAll(update, save);

        (await store.LoadAsync(cancellationToken: Cancellation)).ShouldNotBeNull().Account.ShouldBe("bob");
    }

    [Fact]
    public async Task Kill_9_during_a_thousand_writes_leaves_the_old_or_the_new_session()
    {
        for (var writes = 0; writes < 1000;)
        {
            writes += await SessionWriter.WriteUntilKilledAsync(StoreDirectory, leastWrites: 210);
            var kept = (await Files().LoadAsync(cancellationToken: Cancellation)).ShouldNotBeNull();
            kept.Token.ShouldBe(SessionWriter.TokenOf(kept.Account!));
        }

        await Files().SaveAsync(Session("after"), Cancellation);
        Directory.GetFiles(StoreDirectory).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe([".lock", "session.json"]);
    }

    [Fact]
    public void A_session_shows_nothing_secret()
    {
        using var key = PlexSigningKey.Create("key-id");
        (Session("alice") with { Token = new PlexToken("canary-token"), DeviceKey = key }).ToString().ShouldBe("PlexSession(alice at https://plex.tv/api/v2, test-client-1)");
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static PlexSession Session(string account) => new(new Uri("https://plex.tv/api/v2"), "test-client-1") { Account = account };

    private PlexSessionStore Files() => PlexSessionStore.InDirectory(StoreDirectory);

    private PlexSessionStore Store(string kind) => kind switch
    {
        "memory" => PlexSessionStore.InMemory(),
        "files" => Files(),
        _ => new SecretServiceSessionStore(new SecretTool(FakeSecretTool()), "tests"),
    };

    /// <summary>The four verbs of secret-tool over files, with its way of printing attributes.</summary>
    private string FakeSecretTool()
    {
        var script = Path.Combine(_directory, "secret-tool");
        File.WriteAllText(script, $$"""
            #!/bin/sh
            cd '{{_directory}}'
            case "$1" in
              store) cat > "item-$4-$6" ;;
              lookup) [ -f "item-$3-$5" ] && cat "item-$3-$5" || exit 1 ;;
              clear) rm -f "item-$3-$5" ;;
              search) for item in item-"$4"-*; do [ -f "$item" ] && { echo "[/1]"; echo "attribute.profile = ${item#item-$4-}" >&2; }; done ;;
            esac
            """);
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return script;
    }

    private void Spoil(string flaw)
    {
        var file = Path.Combine(StoreDirectory, "session.json");
        switch (flaw)
        {
            case "file open to others":
                File.SetUnixFileMode(file, File.GetUnixFileMode(file) | UnixFileMode.GroupRead);
                break;
            case "directory open to others":
                File.SetUnixFileMode(StoreDirectory, File.GetUnixFileMode(StoreDirectory) | UnixFileMode.OtherRead);
                break;
            case "file is a link":
                File.Move(file, file + ".real");
                File.CreateSymbolicLink(file, file + ".real");
                break;
            default:
                Directory.Move(StoreDirectory, StoreDirectory + ".real");
                Directory.CreateSymbolicLink(StoreDirectory, StoreDirectory + ".real");
                break;
        }
    }
}
