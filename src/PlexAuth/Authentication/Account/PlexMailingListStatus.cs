namespace PlexAuth;

/// <summary>Where an account stands with the newsletter. The set is open: a value without a name here is kept as it came.</summary>
/// <param name="Value">The word on the wire; null where the server gave none.</param>
public readonly record struct PlexMailingListStatus(string? Value)
{
    /// <summary>Receives it.</summary>
    public static PlexMailingListStatus Active { get; } = new("active");

    /// <summary>Left it.</summary>
    public static PlexMailingListStatus Unsubscribed { get; } = new("unsubscribed");

    /// <summary>Was taken off it.</summary>
    public static PlexMailingListStatus Removed { get; } = new("removed");

    /// <summary>The word on the wire.</summary>
    public override string ToString() => Value ?? "";
}
