using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace PlexAuth.Cli.Tests;

public sealed partial class TwoFactorTests(DevServer server) : IClassFixture<DevServer>
{
    [Fact]
    public async Task A_second_factor_is_turned_on_with_a_qr_code_and_a_first_code_and_off_with_a_backup_code()
    {
        using var home = new ToolHome();
        await server.SignInAsync(home, "frank");
        using var process = ToolProcess.Start(home, ["two-factor", "enable", "--password-stdin", "--verification-code-stdin"], ("PLEX_ACCOUNT_URL", server.AccountUrl));
        await process.StandardInput.WriteLineAsync("frank-password");
        var said = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.WriteLineAsync(CodeOf(Seed().Match(said!).Value));
        process.StandardInput.Close();
        var drawn = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var codes = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        drawn.ShouldContain("█");
        drawn.ShouldContain("not shown again");
        var lines = codes.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        lines.Length.ShouldBe(10);

        (await server.RunAsync(home, ["two-factor", "disable", "--password-stdin", "--verification-code-stdin"], $"wrong\n{lines[0]}\n")).ShouldEndWith(ExitCodes.Forbidden);
        (await server.RunAsync(home, ["two-factor", "disable", "--password-stdin", "--verification-code-stdin"], $"frank-password\n{lines[0]}\n"))
            .ShouldEndWith(ExitCodes.Ok).Output.ShouldBe("The second factor is off.\n");
    }

    [GeneratedRegex("[A-Z2-7]{32}")]
    private static partial Regex Seed();

    // RFC 6238 once more, so that the server's own implementation is not its own witness.
    private static string CodeOf(string seed)
    {
        var bits = string.Concat(seed.Select(character => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(character, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => Convert.ToByte(new string(chunk), 2)).ToArray();
        var counter = BitConverter.GetBytes(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30).Reverse().ToArray();
#pragma warning disable CA5350 // As authenticator apps do.
        var mac = HMACSHA1.HashData(key, counter);
#pragma warning restore CA5350
        var offset = mac[^1] & 15;
        var number = ((mac[offset] & 127) << 24) | (mac[offset + 1] << 16) | (mac[offset + 2] << 8) | mac[offset + 3];
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
