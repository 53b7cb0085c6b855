using System.Net;
using System.Net.Sockets;

namespace PlexAuth.Cli.Tests;

public sealed class FailuresTests
{
    public static TheoryData<Exception, int> Failures => new()
    {
        { new ToolException("x"), ExitCodes.Error },
        { ToolException.Usage("x"), ExitCodes.Usage },
        { new PlexNetworkException("x"), ExitCodes.Network },
        { new PlexUnauthorizedException("x"), ExitCodes.SignInNeeded },
        { new PlexTwoFactorRequiredException("x"), ExitCodes.SignInNeeded },
        { new PlexVerificationCodeException("x"), ExitCodes.SignInNeeded },
        { new PlexSignInRequiredException("x"), ExitCodes.SignInNeeded },
        { new PlexForbiddenException("x"), ExitCodes.Forbidden },
        { new PlexRateLimitedException("x"), ExitCodes.RateLimited },
        { new PlexLockedOutException("x"), ExitCodes.RateLimited },
        { new PlexBadRequestException("x"), ExitCodes.Error },
        { new PlexServerException("x"), ExitCodes.Error },
        { new PlexProtocolException("x"), ExitCodes.Network },
        { new OperationCanceledException(), ExitCodes.Interrupted },
        { new InvalidOperationException("x"), ExitCodes.Error },
    };

    [Fact]
    public async Task A_service_that_says_nothing_is_waited_for_longer_with_an_option_of_the_tool()
    {
        using var home = new ToolHome();
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var result = await InProcess.RunAsync(home, ["whoami", "--timeout", "0.2", "--account-url", $"http://{silent.LocalEndpoint}"], variables: ("PLEX_TOKEN", "a-token-of-somebody"));
        result.ShouldEndWith(ExitCodes.Network).Error.ShouldEndWith("or allow more time with --timeout.\n");
    }

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void Each_failure_has_its_exit_code_and_one_line_on_standard_error(Exception failure, int exitCode)
    {
        var terminal = InProcess.Terminal(_ => null);
        Cli.Failures.Report(failure, new Output(terminal, json: true, quiet: true)).ShouldBe(exitCode);
        terminal.Error.ToString()!.ShouldStartWith("error: ");
        terminal.Error.ToString()!.Count(character => character == '\n').ShouldBe(1);
        terminal.Out.ToString().ShouldBeEmpty();
    }
}
