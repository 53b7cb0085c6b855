namespace PlexAuth.Server.Throttling;

/// <summary>How often a sign-in may be tried. Whatever an attacker does, an account has at most 100 wrong tries a day, and its owner a way in from where they always are.</summary>
internal sealed record SignInLimits
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan QuarterHour = TimeSpan.FromMinutes(15);

    /// <summary>How long a network counts as known after a sign-in from it.</summary>
    public static readonly TimeSpan KnownFor = TimeSpan.FromDays(30);

    public ThrottleRule Login { get; init; } = new ThrottleRule.Ladder(
        (4, TimeSpan.FromSeconds(1)), (6, TimeSpan.FromSeconds(3)), (10, TimeSpan.FromSeconds(5)), (25, TimeSpan.FromSeconds(30)), (80, Day));

    public ThrottleRule LoginFromKnownNetwork { get; init; } = new ThrottleRule.Ladder(
        (4, TimeSpan.FromSeconds(1)), (6, TimeSpan.FromSeconds(3)), (10, TimeSpan.FromSeconds(5)), (20, Day));

    public ThrottleRule Address { get; init; } = new ThrottleRule.Budget(30, QuarterHour, TimeSpan.FromHours(4));

    public ThrottleRule Network { get; init; } = new ThrottleRule.Budget(200, QuarterHour, TimeSpan.FromHours(4));

    /// <summary>Wrong tries of all logins together from networks that are new to them. Where people always sign in from, they go on as if nothing were.</summary>
    public ThrottleRule Strangers { get; init; } = new ThrottleRule.Budget(600, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(10));

    /// <summary>Wrong verification codes after right passwords.</summary>
    public ThrottleRule Code { get; init; } = new ThrottleRule.Budget(5, QuarterHour, QuarterHour) { Window = Day };

    public ThrottleRule CodeInDay { get; init; } = new ThrottleRule.Budget(20, Day, Day) { Window = Day };
}
