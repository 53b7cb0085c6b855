namespace PlexAuth;

/// <summary>Whether a service answers. The set is open: a value without a name here is kept as it came.</summary>
/// <param name="Value">The word on the wire; null where the server gave none.</param>
public readonly record struct PlexServiceStatus(string? Value)
{
    /// <summary>It does.</summary>
    public static PlexServiceStatus Online { get; } = new("online");

    /// <summary>It does not.</summary>
    public static PlexServiceStatus Offline { get; } = new("offline");

    /// <summary>The word on the wire.</summary>
    public override string ToString() => Value ?? "";
}
