using System.Security.Cryptography;
using PlexAuth.Server;

namespace PlexAuth.Cli;

// The one place where a failure becomes a message and an exit code.
internal static class Failures
{
    public static int Report(Exception exception, Output output)
    {
        var code = ExitCodeOf(exception);
        try
        {
            output.Fail(Describe(exception, code));
        }
        catch (IOException)
        {
            // Standard error is closed or full, and the exit code all that is left to tell by.
        }

        return code;
    }

    private static string Describe(Exception exception, int code) => ToolWords.For(code switch
    {
        ExitCodes.Interrupted => "Interrupted.",
        // The cause names the address, which the client's message leaves out.
        ExitCodes.Network when exception.InnerException is HttpRequestException cause => $"{exception.Message} ({cause.Message})",
        _ when exception is PlexException or ToolException or PlexAuthDatabaseException or PlexAuthAccountException or FormatException => exception.Message,
        _ when exception is IOException or UnauthorizedAccessException or InvalidDataException or CryptographicException or PlatformNotSupportedException => exception.Message,
        _ => $"Unexpected {exception.GetType().Name}: {exception.Message}",
    });

    private static int ExitCodeOf(Exception exception) => exception switch
    {
        ToolException tool => tool.ExitCode,
        OperationCanceledException => ExitCodes.Interrupted,
        PlexConnectException { Attempts: var attempts } => attempts.Any(attempt => attempt.Outcome == PlexConnectOutcome.TokenRefused) ? ExitCodes.Forbidden : ExitCodes.Network,
        PlexNetworkException or PlexProtocolException => ExitCodes.Network,
        PlexLockedOutException or PlexRateLimitedException => ExitCodes.RateLimited,
        PlexPinDeniedException => ExitCodes.Forbidden,
        PlexUnauthorizedException or PlexSignInRequiredException => ExitCodes.SignInNeeded,
        PlexForbiddenException => ExitCodes.Forbidden,
        _ => ExitCodes.Error,
    };
}
