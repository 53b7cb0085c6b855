namespace PlexAuth.Server.Throttling;

/// <summary>How many tries there may be. What is closed always opens again by itself.</summary>
internal abstract record ThrottleRule
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private ThrottleRule()
    {
    }

    /// <summary>When the count starts anew: this long after the last try, or the first one.</summary>
    public abstract TimeSpan Window { get; init; }

    public abstract bool CountsFromLastTry { get; }

    /// <summary>How long nothing more is tried after the try of this number.</summary>
    /// <param name="strikes">How often the limit was reached lately.</param>
    public abstract TimeSpan ClosedAfter(int used, int strikes);

    /// <summary>Whether this try was the last of its window.</summary>
    public abstract bool Exhausts(int used);

    /// <summary>Waits that grow with the tries, ending with the last step, which closes for the whole window.</summary>
    public sealed record Ladder(params (int From, TimeSpan Wait)[] Steps) : ThrottleRule
    {
        public override TimeSpan Window { get; init; } = Day;

        public override bool CountsFromLastTry => true;

        public override TimeSpan ClosedAfter(int used, int strikes) => Steps.LastOrDefault(step => used >= step.From).Wait;

        public override bool Exhausts(int used) => used >= Steps[^1].From;
    }

    /// <summary>A number of tries in a window, and a pause after them that doubles each time up to a longest one.</summary>
    public sealed record Budget(int Limit, TimeSpan Pause, TimeSpan LongestPause) : ThrottleRule
    {
        private const int MaxDoublings = 20;

        public override TimeSpan Window { get; init; } = TimeSpan.FromMinutes(10);

        public override bool CountsFromLastTry => false;

        public override TimeSpan ClosedAfter(int used, int strikes)
        {
            if (!Exhausts(used))
                return TimeSpan.Zero;
            var pause = Pause * (1L << Math.Min(strikes, MaxDoublings));
            return pause < LongestPause ? pause : LongestPause;
        }

        public override bool Exhausts(int used) => used >= Limit;
    }
}
