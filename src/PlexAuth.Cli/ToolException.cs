namespace PlexAuth.Cli;

// A failure the tool found by itself: its message is shown as it stands, and it ends the process with its exit code.
internal class ToolException(string message, int exitCode = ExitCodes.Error) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    public static ToolException Usage(string message) => new(message, ExitCodes.Usage);

    public static ToolException SignInNeeded(string message) => new(message, ExitCodes.SignInNeeded);
}
