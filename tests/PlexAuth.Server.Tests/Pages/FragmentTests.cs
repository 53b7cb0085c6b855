using System.Diagnostics;
using System.Text.Json;
using PlexAuth.Server.Pages;

namespace PlexAuth.Server.Tests.Pages;

/// <summary>The parser of /auth's fragment, run by Node.js as the browser would run it.</summary>
public sealed class FragmentTests
{
    private const string Context = "context%5Bdevice%5D%5Bproduct%5D=Tautulli&context%5Bdevice%5D%5BdeviceName%5D=Chrome%20(Tautulli)";

    public static TheoryData<string, string, string?, string?> Requests => new()
    {
        { "#?clientID=app-1&code=abc&context%5Bdevice%5D%5Bproduct%5D=My%20App", "abc", "app-1", null },
        { $"#!?clientID=app-1&code=abc&{Context}", "abc", "app-1", null },
        { "#!?clientID=app-1&code=abc&forwardUrl=https%3A%2F%2Fapp.example%2Fdone%3Fpin%3D7", "abc", "app-1", "https://app.example/done?pin=7" },
        { "#?clientID=app-1&code=abc&context[device][product]=Home Assistant&forwardUrl=http://app.example/", "abc", "app-1", "http://app.example/" },
        { "#clientID=app-1&code=abc", "abc", "app-1", null },
        { "#!clientID=app-1&code=abc", "abc", "app-1", null },
        { "#!/?clientID=app-1&code=abc", "abc", "app-1", null },
        { "#?code=7RQZ", "7RQZ", null, null },
        { "#?clientID=app-1&code=abc&forwardUrl=", "abc", "app-1", null },
        { "#?clientID=app-1&code=abc&forwardUrl=javascript%3Aalert(1)", "abc", "app-1", "javascript:alert(1)" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Every_way_an_app_writes_the_fragment_is_understood(string hash, string code, string? clientIdentifier, string? forwardUrl)
    {
        var request = await ParseAsync(hash);

        request.GetProperty("code").GetString().ShouldBe(code);
        request.GetProperty("clientIdentifier").GetString().ShouldBe(clientIdentifier);
        request.GetProperty("forwardUrl").GetString().ShouldBe(forwardUrl);
    }

    [Theory]
    [InlineData("")]
    [InlineData("#")]
    [InlineData("#?clientID=app-1")]
    [InlineData("#?clientID=app-1&code=")]
    [InlineData("#?clientID=app-1&code=abc&code=def")]
    [InlineData("#?clientID=app-1&clientID=app-2&code=abc")]
    [InlineData("#?clientID=app-1&code=abc&forwardUrl=https://a.example&forwardUrl=https://b.example")]
    public async Task A_fragment_without_exactly_one_code_is_no_request(string hash) =>
        (await ParseAsync(hash)).ValueKind.ShouldBe(JsonValueKind.Null);

    private static async Task<JsonElement> ParseAsync(string hash)
    {
        Assert.SkipUnless(NodeIsInstalled(), "Node.js is not installed.");
        var module = Convert.ToBase64String(PageFiles.Assets["fragment.js"].Content);
        var script = $$"""
            const { parseAuthFragment } = await import('data:text/javascript;base64,{{module}}');
            console.log(JSON.stringify(parseAuthFragment({{JsonSerializer.Serialize(hash)}})));
            """;
        var start = new ProcessStartInfo("node", ["--input-type=module", "--eval", script]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var node = Process.Start(start)!;
        var output = await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken);
        return JsonDocument.Parse(output).RootElement;
    }

    private static bool NodeIsInstalled() => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "node")) || File.Exists(Path.Combine(folder, "node.exe")));
}
