using System.Diagnostics;

namespace PlexAuth.Server.Tokens.Transient;

/// <summary>One server instance from its start to its end, and the key of the transient tokens that it mints.</summary>
/// <param name="Id">Told in its tokens.</param>
/// <param name="LeaseEndsAt">On this process's own steady clock, which no setting of the time moves; nothing where no other process could take over.</param>
internal sealed record TransientEpoch(long Id, byte[] Key, long? LeaseEndsAt)
{
    /// <summary>How long the instance had run at <see cref="SeenAt"/>, a timestamp of the injected clock.</summary>
    public required TimeSpan Uptime { get; init; }

    public required long SeenAt { get; init; }

    public bool Alive => LeaseEndsAt is not { } end || Stopwatch.GetTimestamp() < end;

    public TimeSpan UptimeNow(TimeProvider time) => Uptime + time.GetElapsedTime(SeenAt);

    public override string ToString() => $"Instance {Id}";
}
