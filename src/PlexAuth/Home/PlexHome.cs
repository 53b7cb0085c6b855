using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>A Plex Home: people, children and guests around one account.</summary>
public sealed record PlexHome
{
    /// <summary>Describes an empty Home.</summary>
    public PlexHome()
    {
    }

    private PlexHome(ref LenientReader json)
    {
        var users = new List<PlexHomeUser>();
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            switch (json.Name)
            {
                case "id": Id = json.Int64() ?? Id; break;
                case "name" or "friendlyName": Name = json.Text() ?? Name; break;
                case "guestEnabled": GuestEnabled = json.Bool() ?? false; break;
                case "guestUserID": GuestUserId = json.Int64(); break;
                case "subscription": Subscription = json.Bool() ?? false; break;
                case "users": json.AddTo(users, "user"); break;
                case "User": json.AddTo(users, "User"); break;
            }
        }

        Users = users;
    }

    /// <summary>The Home's number.</summary>
    public long Id { get; init; }

    /// <summary>The Home's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Guests may use it.</summary>
    public bool GuestEnabled { get; init; }

    /// <summary>The account for guests; null where there is none.</summary>
    public long? GuestUserId { get; init; }

    /// <summary>Its owner has a Plex Pass.</summary>
    public bool Subscription { get; init; }

    /// <summary>Everybody in it.</summary>
    public IReadOnlyList<PlexHomeUser> Users { get; init; } = [];

    /// <summary>Null if the answer describes no Home, or breaks off.</summary>
    internal static PlexHome? Read(ref LenientReader json)
    {
        json.Unwrap("home");
        json.Unwrap("MediaContainer");
        var home = new PlexHome(ref json);
        return json.IsDamaged || home is { Id: 0, Users.Count: 0 } ? null : home;
    }
}
