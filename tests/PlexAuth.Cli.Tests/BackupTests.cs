namespace PlexAuth.Cli.Tests;

public sealed class BackupTests : IDisposable
{
    private readonly ToolHome _home = new();

    [Fact]
    public async Task A_backup_is_restored_where_there_is_no_database_and_everybody_signs_in_again()
    {
        var (data, backup) = (_home.Combine("data"), _home.Combine("saved.db"));
        (await ToolProcess.RunAsync(_home, ["accounts", "add", "--username", "alice", "--email", "alice@example.com", "--password-stdin", "--data", data], "correct horse battery\n"))
            .ShouldEndWith(ExitCodes.Ok);

        (await ToolProcess.RunAsync(_home, ["backup", backup, "--data", data])).ShouldEndWith(ExitCodes.Ok).Error.ShouldContain("plexauth.keys");
        (await ToolProcess.RunAsync(_home, ["restore", backup, "--data", data])).ShouldEndWith(ExitCodes.Error).Error.ShouldContain("move it away");
        foreach (var file in Directory.GetFiles(data, "plexauth.db*"))
            File.Delete(file);
        (await ToolProcess.RunAsync(_home, ["restore", backup, "--data", data])).ShouldEndWith(ExitCodes.Ok).Error.ShouldContain("signs in again");

        using var server = await RunningServer.StartAsync(_home, "serve", "--urls", "http://127.0.0.1:0", "--json", "--data", data);
        (await ToolProcess.RunAsync(_home, ["signin", "--login", "alice", "--password-stdin", "--account-url", server.Url], "correct horse battery\n")).ShouldEndWith(ExitCodes.Ok);
    }

    [Fact]
    public async Task A_database_setting_from_the_environment_is_heeded_and_its_password_never_shown()
    {
        var refused = await ToolProcess.RunAsync(
            _home, ["serve", "--urls", "http://127.0.0.1:0"], null, ("PLEXAUTH_DATABASE", "Host=127.0.0.1;Port=1;Username=plexauth;Password=hunter2-secret"));

        refused.ShouldEndWith(ExitCodes.Error).Error.ShouldContain("PostgreSQL");
        (refused.Output + refused.Error).ShouldNotContain("hunter2-secret");
    }

    public void Dispose() => _home.Dispose();
}
