namespace PlexAuth.Cli.Input;

// Reads that cannot be cancelled, of a console, a pipe or standard input that is kept open: an interrupted one is left behind until the process ends.
internal static class Blocking
{
    public static Task<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken) => Task.Run(read, CancellationToken.None).WaitAsync(cancellationToken);
}
