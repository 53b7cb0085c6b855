namespace PlexAuth.Browser.Tests;

/// <summary>The real time and what tests add to it.</summary>
internal sealed class MovedTime : TimeProvider
{
    private long _added;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _added));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _added, by.Ticks);
}
