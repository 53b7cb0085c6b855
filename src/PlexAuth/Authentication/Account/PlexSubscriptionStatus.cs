namespace PlexAuth;

/// <summary>The state of a Plex Pass. The set is open: a value without a name here is kept as it came.</summary>
/// <param name="Value">The word on the wire; null where the server gave none.</param>
public readonly record struct PlexSubscriptionStatus(string? Value)
{
    /// <summary>Paid for.</summary>
    public static PlexSubscriptionStatus Active { get; } = new("Active");

    /// <summary>None.</summary>
    public static PlexSubscriptionStatus Inactive { get; } = new("Inactive");

    /// <summary>Ended by the user; may run on to the end of what is paid.</summary>
    public static PlexSubscriptionStatus Canceled { get; } = new("Canceled");

    /// <summary>Not paid any more.</summary>
    public static PlexSubscriptionStatus Lapsed { get; } = new("Lapsed");

    /// <summary>The word on the wire.</summary>
    public override string ToString() => Value ?? "";
}
