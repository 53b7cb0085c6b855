namespace PlexAuth.Server;

/// <summary>A test account, such as those that a server with <see cref="PlexAuthServerOptions.DevPersonas"/> has from the start. Everything about it is public knowledge.</summary>
/// <param name="Name">Username, except for a managed user, who has none and for whom it is the title.</param>
/// <param name="Token">The account token that is valid from the start.</param>
/// <param name="About">What this persona is for, in a few words.</param>
public sealed record PlexAuthPersona(string Name, string Token, string About)
{
    /// <summary>E-mail address; null for a managed user.</summary>
    public string? Email { get; init; }

    /// <summary>Password; null for a managed user.</summary>
    public string? Password { get; init; }

    /// <summary>The four digits that protect this member of a Home, or null.</summary>
    public string? HomePin { get; init; }

    /// <summary>The base 32 seed of the second factor (six digits, 30 seconds), or null.</summary>
    public string? TotpSecret { get; init; }

    /// <summary>Owns the media server "Living Room".</summary>
    public static PlexAuthPersona Alice { get; } = Person("alice", "alice-dev-token-0001", "owner of Living Room, Plex Pass, Home admin");

    /// <summary>Has an account and a server of his own.</summary>
    public static PlexAuthPersona Bob { get; } = Person("bob", "bob-dev-token-000001", "Living Room is shared with him; owns Attic");

    /// <summary>Needs a verification code.</summary>
    public static PlexAuthPersona Carol { get; } = Person("carol", "carol-dev-token-0001", "two-factor on") with { TotpSecret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP" };

    /// <summary>Has access to nothing.</summary>
    public static PlexAuthPersona Dave { get; } = Person("dave", "dave-dev-token-00001", "has access to nothing");

    /// <summary>A managed user.</summary>
    public static PlexAuthPersona Erin { get; } = new("erin", "erin-dev-token-00001", "child in alice's Home, managed, PIN 1234") { HomePin = "1234" };

    /// <summary>A grown-up member of a Home.</summary>
    public static PlexAuthPersona Frank { get; } = Person("frank", "frank-dev-token-0001", "adult in alice's Home, PIN 4321") with { HomePin = "4321" };

    /// <summary>Never confirmed her e-mail address.</summary>
    public static PlexAuthPersona Grace { get; } = Person("grace", "grace-dev-token-0001", "e-mail unconfirmed");

    /// <summary>Every sign-in and token of hers is refused.</summary>
    public static PlexAuthPersona Heidi { get; } = Person("heidi", "heidi-dev-token-0001", "disabled: every sign-in and token is refused");

    /// <summary>All of them, in the order of their account ids, which begin at 1.</summary>
    public static IReadOnlyList<PlexAuthPersona> All { get; } = [Alice, Bob, Carol, Dave, Erin, Frank, Grace, Heidi];

    private static PlexAuthPersona Person(string name, string token, string about) =>
        new(name, token, about) { Email = $"{name}@example.com", Password = $"{name}-password" };
}
