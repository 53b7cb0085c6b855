namespace PlexAuth.Cli;

internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Error = 1;
    public const int Usage = 2;
    public const int Network = 3;
    public const int SignInNeeded = 4;
    public const int Forbidden = 5;
    public const int RateLimited = 6;

    // What a shell reports for a program ended by Ctrl+C.
    public const int Interrupted = 130;
}
