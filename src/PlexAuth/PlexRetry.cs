namespace PlexAuth;

/// <summary>When a failed call is made again: after HTTP 429, 500, 502, 503 and 504 and, if allowed, after a failed connection.</summary>
/// <remarks>
/// Waits grow from <see cref="InitialDelay"/> by <see cref="Multiplier"/> up to <see cref="MaxDelay"/>, each shortened at random by up to half so that clients
/// do not return all at once. A longer <c>Retry-After</c> (at most 60 seconds of it) takes the place of the computed wait. No wait is
/// shorter than 50 milliseconds. A wait that would end after <see cref="MaxElapsedTime"/>, or after the call's timeout, is not begun: the last failure is
/// thrown instead. A sign-in is made again only if it certainly never reached the server.
/// </remarks>
public sealed record PlexRetry
{
    /// <summary>Never again.</summary>
    public static PlexRetry None { get; } = new() { MaxElapsedTime = TimeSpan.Zero };

    /// <summary>First wait 0.5 s, doubling up to 10 s, given up after 20 s; failed connections included.</summary>
    public static PlexRetry Default { get; } = new();

    /// <summary>The wait after the first failure.</summary>
    /// <value>0.5 seconds.</value>
    public TimeSpan InitialDelay { get; init => field = NotNegative(value); } = TimeSpan.FromSeconds(0.5);

    /// <summary>The longest computed wait; does not limit <c>Retry-After</c>.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan MaxDelay { get; init => field = NotNegative(value); } = TimeSpan.FromSeconds(10);

    /// <summary>What each wait is multiplied by to give the next; at least 1.</summary>
    /// <value>2.</value>
    public double Multiplier
    {
        get;
        init => field = value is >= 1 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The multiplier is from 1 to 100.");
    } = 2;

    /// <summary>Counted from the start of the call. The call's timeout ends everything even earlier.</summary>
    /// <value>20 seconds.</value>
    public TimeSpan MaxElapsedTime { get; init => field = NotNegative(value); } = TimeSpan.FromSeconds(20);

    /// <summary>Whether a connection that failed or broke counts as worth another try. Failed certificate checks never do.</summary>
    /// <value><see langword="true"/>.</value>
    public bool RetryConnectionFailures { get; init; } = true;

    private static TimeSpan NotNegative(TimeSpan value)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, TimeSpan.Zero);
        return value;
    }
}
