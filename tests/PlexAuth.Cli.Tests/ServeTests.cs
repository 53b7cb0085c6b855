using System.Text.Json;
using PlexAuth.Server;

namespace PlexAuth.Cli.Tests;

public sealed class ServeTests(DevServer server) : IDisposable
{
    private readonly ToolHome _home = new();

    [Theory]
    [InlineData(Signals.Interrupt)]
    [InlineData(Signals.Terminate)]
    public async Task The_banner_names_addresses_and_personas_and_a_signal_ends_the_server_cleanly(int signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var process = ToolProcess.Start(_home, ["serve", "--dev", "--urls", "http://127.0.0.1:0"]);
        var first = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        first.ShouldNotBeNull().ShouldMatch(@"^PlexAuth dev server: accounts http://127\.0\.0\.1:[1-9]\d+/api/v2, media server http://127\.0\.0\.1:[1-9]\d+   ready in \d+\.\d s$");
        using (var http = new HttpClient())
        {
            var identity = await http.GetStringAsync(first.Split(' ')[4].Replace("/api/v2,", "/identity"), TestContext.Current.CancellationToken);
            identity.ShouldContain("0123456789abcdef0123456789abcdef01234567");
        }

        Signals.Send(process, signal);
        var rest = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        rest.ShouldMatch(@"^The media server ""Attic"", bob's, is at http://127\.0\.0\.1:[1-9]\d+\n");
        rest.ShouldContain("FOR TESTS ONLY");
        foreach (var persona in PlexAuthPersona.All)
            rest.ShouldContain(persona.Token);
        (await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(ExitCodes.Ok);
    }

    [Fact]
    public async Task A_second_server_on_the_same_port_is_told_so_and_the_first_goes_on()
    {
        var result = (await ToolProcess.RunAsync(_home, ["serve", "--dev", "--urls", server.ServerUrl])).ShouldEndWith(ExitCodes.Error);
        result.Error.ShouldBe($"error: {server.ServerUrl} is in use: another server is listening there. Stop it, or choose another address with --urls.\n");
        result.Output.ShouldBeEmpty();
        (await server.RunAsync(_home, ["whoami"], null, ("PLEX_TOKEN", "alice-dev-token-0001"))).ShouldEndWith(ExitCodes.Ok);
    }

    [Fact]
    public async Task An_address_of_another_machine_cannot_be_listened_on()
    {
        var result = (await ToolProcess.RunAsync(_home, ["serve", "--urls", "http://192.0.2.1:32400"])).ShouldEndWith(ExitCodes.Error);
        result.Error.ShouldStartWith("error: Cannot listen on http://192.0.2.1:32400");
    }

    [Fact]
    public async Task The_dev_server_refuses_to_be_reached_from_other_machines_however_it_is_configured()
    {
        (await ToolProcess.RunAsync(_home, ["serve", "--dev", "--urls", "http://0.0.0.0:0"])).ShouldEndWith(ExitCodes.Usage).Error.ShouldContain("--urls");

        using var process = ToolProcess.Start(
            _home, ["serve", "--dev", "--urls", "http://127.0.0.1:0", "--json"],
            ("ASPNETCORE_URLS", "http://0.0.0.0:0"), ("ASPNETCORE_HTTP_PORTS", "0"), ("Kestrel__Endpoints__Public__Url", "http://0.0.0.0:0"));
        using var answer = JsonDocument.Parse((await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!);
        var addresses = answer.RootElement.GetProperty("addresses").EnumerateArray().Select(address => new Uri(address.GetString()!).Host);
        addresses.ShouldBe(["127.0.0.1"]);
    }

    [Theory]
    [InlineData("plexauth.db", "hello, I am no database at all")]
    [InlineData("plexauth.db", "")]
    [InlineData("plexauth.db", "SQLite format 3\0and then nothing")]
    public async Task A_file_that_is_no_database_is_named_and_left_as_it_was(string name, string content)
    {
        Directory.CreateDirectory(Data);
        Close();
        var file = Path.Combine(Data, name);
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        Close(file);

        await ShouldBeRefusedAsync(file, () => File.ReadAllText(file).ShouldBe(content));
    }

    [Fact]
    public async Task Another_program_s_database_is_named_and_left_as_it_was()
    {
        Directory.CreateDirectory(Data);
        Close();
        var file = Path.Combine(Data, "plexauth.db");
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE songs (title TEXT); INSERT INTO songs VALUES ('x')";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Close(file);
        var before = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        await ShouldBeRefusedAsync(file, () => File.ReadAllBytes(file).ShouldBe(before));
    }

    [Fact]
    public async Task A_data_directory_that_others_can_read_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");
        Directory.CreateDirectory(Data);
        await ShouldBeRefusedAsync("chmod 700", () => Directory.GetFileSystemEntries(Data).ShouldBeEmpty());
    }

    public void Dispose() => _home.Dispose();

    private string Data => _home.Combine("data");

    private async Task ShouldBeRefusedAsync(string named, Action unchanged)
    {
        var served = (await ToolProcess.RunAsync(_home, ["serve", "--data", Data, "--urls", "http://127.0.0.1:0"])).ShouldEndWith(ExitCodes.Error);
        served.Output.ShouldBeEmpty();
        served.Error.ShouldStartWith("error: ");
        served.Error.ShouldContain(named);
        served.Error.ShouldNotContain("   at ");
        string[] add = ["accounts", "add", "--username", "a", "--email", "a@example.com", "--password-stdin", "--data", Data];
        (await ToolProcess.RunAsync(_home, add, "a-long-password\n")).ShouldEndWith(ExitCodes.Error).Error.ShouldContain(named);
        unchanged();
    }

    private void Close() => Close(Data, UnixFileMode.UserExecute);

    private static void Close(string path, UnixFileMode more = UnixFileMode.None)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | more);
    }
}
