using System.Runtime.Versioning;
using System.Text;
using PlexAuth.Server.Accounts;

namespace PlexAuth.Server.Tests.Data;

[UnsupportedOSPlatform("windows")]
[Requirement("RS1")]
public sealed class PrivateFilesTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly TemporaryDirectory _directory = new();

    public PrivateFilesTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows protects files by access lists, not modes.");

    [Fact]
    public async Task Everything_the_server_writes_is_its_owners_alone()
    {
        var data = _directory.File("data");
        await using var host = await StartAsync(data);

        File.GetUnixFileMode(data).ShouldBe(OwnerOnly | UnixFileMode.UserExecute);
        var files = Directory.GetFiles(data);
        files.Select(Path.GetFileName).ShouldBe(["plexauth.db", "plexauth.db-wal", "plexauth.db-shm", "plexauth.keys", "plexauth.lock"], ignoreOrder: true);
        files.ShouldAllBe(file => File.GetUnixFileMode(file) == OwnerOnly);
    }

    [Theory]
    [InlineData("plexauth.db")]
    [InlineData("plexauth.keys")]
    public async Task A_file_that_others_may_read_is_refused_with_the_remedy(string name)
    {
        await (await StartAsync(_directory.Path)).DisposeAsync();
        File.SetUnixFileMode(_directory.File(name), OwnerOnly | UnixFileMode.GroupRead);

        (await StartAsync(_directory.Path).ShouldThrowAsync<PlexAuthDatabaseException>()).Message.ShouldContain($"chmod 600 \"{_directory.File(name)}\"");
    }

    [Fact]
    public async Task A_directory_that_others_may_enter_is_refused_with_the_remedy()
    {
        File.SetUnixFileMode(_directory.Path, OwnerOnly | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);

        (await StartAsync(_directory.Path).ShouldThrowAsync<PlexAuthDatabaseException>()).Message.ShouldContain("chmod 700");
    }

    [Fact]
    public async Task A_database_without_its_keys_is_refused_and_no_new_keys_are_made()
    {
        await (await StartAsync(_directory.Path)).DisposeAsync();
        File.Delete(_directory.File("plexauth.keys"));

        await StartAsync(_directory.Path).ShouldThrowAsync<PlexAuthDatabaseException>();

        File.Exists(_directory.File("plexauth.keys")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("1 AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("1 AAAA")]
    [InlineData("rubbish")]
    [InlineData("")]
    public async Task Keys_that_do_not_fit_the_database_are_refused(string content)
    {
        await (await StartAsync(_directory.Path)).DisposeAsync();
        await File.WriteAllTextAsync(_directory.File("plexauth.keys"), content, RulesHost.Cancelled);

        await StartAsync(_directory.Path).ShouldThrowAsync<PlexAuthDatabaseException>();
    }

    [Fact]
    public async Task Stolen_database_files_hold_no_token_hash_of_a_password_or_seed()
    {
        var token = "";
        await using (var host = await RulesHost.StartAsync(options => (options.DataDirectory, options.DevPersonas) = (_directory.Path, true)))
            token = await host.SignInAsync("alice", "alice-password");

        var stolen = Directory.GetFiles(_directory.Path, "plexauth.db*").Select(file => Encoding.Latin1.GetString(File.ReadAllBytes(file))).ToList();
        var seed = Encoding.Latin1.GetString(Base32.Decode(PlexAuthPersona.Carol.TotpSecret!));

        foreach (var secret in (string[])[token, "alice-dev-token-0001", "alice-password", seed, PlexAuthPersona.Carol.TotpSecret!, "AQAAAAIAA"])
            stolen.ShouldAllBe(file => !file.Contains(secret, StringComparison.Ordinal));
    }

    public void Dispose() => _directory.Dispose();

    private static Task<RulesHost> StartAsync(string directory) => RulesHost.StartAsync(options => options.DataDirectory = directory);
}
