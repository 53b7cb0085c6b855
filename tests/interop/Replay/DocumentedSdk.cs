namespace PlexAuth.Interop.Tests.Replay;

/// <summary>Which of the account bodies that cannot all be one an SDK parses.</summary>
public enum AccountShape
{
    /// <summary>Integers for the profile's choices, null where there is no value.</summary>
    Current,

    /// <summary>Only the three fields of <c>profile</c> that were never strings.</summary>
    ShortProfile,

    /// <summary>As current, but null nowhere.</summary>
    NoNulls,
}

/// <summary>The SDKs whose requests are replayed: name and version of each file in <c>requests/</c>, and what its reader needs.</summary>
internal static class DocumentedSdk
{
    private static readonly Dictionary<string, AccountShape> Shapes = new(StringComparer.Ordinal)
    {
        ["plexgo-0.25"] = AccountShape.Current,
        ["plexgo-0.28"] = AccountShape.Current,
        ["plexpy-0.11"] = AccountShape.ShortProfile,
        ["plexpy-0.29"] = AccountShape.Current,
        ["plexpy-0.33"] = AccountShape.Current,
        ["plexruby-0.3"] = AccountShape.ShortProfile,
        ["plexruby-0.17"] = AccountShape.NoNulls,
        ["plexcsharp-0.16"] = AccountShape.Current,
        ["plexcsharp-0.20"] = AccountShape.Current,
    };

    /// <summary>The SDKs that identify the client on every call; the older ones do so at sign-in only.</summary>
    private static readonly string[] Identified = ["plexgo-0.28", "plexpy-0.33", "plexcsharp-0.20"];

    public static IEnumerable<string> All => Shapes.Keys;

    public static IEnumerable<string> Unidentified => All.Except(Identified, StringComparer.Ordinal);

    public static AccountShape ShapeOf(string sdk) => Shapes[sdk];
}
