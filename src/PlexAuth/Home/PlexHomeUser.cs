using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>A member of a Plex Home.</summary>
public sealed record PlexHomeUser : IReadable<PlexHomeUser>
{
    /// <summary>Describes nobody.</summary>
    public PlexHomeUser()
    {
    }

    private PlexHomeUser(ref LenientReader json)
    {
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            switch (json.Name)
            {
                case "id": Id = json.Int64() ?? Id; break;
                case "uuid": Uuid = json.Text() ?? Uuid; break;
                case "title": Title = json.Text() ?? Title; break;
                case "username": Username = json.TextOrNull(); break;
                case "email": Email = json.TextOrNull(); break;
                case "friendlyName": FriendlyName = json.TextOrNull(); break;
                case "thumb": Thumb = json.Uri(); break;
                case "admin": Admin = json.Bool() ?? false; break;
                case "guest": Guest = json.Bool() ?? false; break;
                case "restricted": Restricted = json.Bool() ?? false; break;
                case "restrictionProfile": RestrictionProfile = json.TextOrNull(); break;
                case "protected": Protected = json.Bool() ?? false; break;
                case "hasPassword": HasPassword = json.Bool() ?? false; break;
            }
        }
    }

    /// <summary>The account's number.</summary>
    public long Id { get; init; }

    /// <summary>The account's 16 hexadecimal digits.</summary>
    public string Uuid { get; init; } = "";

    /// <summary>The name to show.</summary>
    public string Title { get; init; } = "";

    /// <summary>Null for managed users.</summary>
    public string? Username { get; init; }

    /// <summary>Null for managed users.</summary>
    public string? Email { get; init; }

    /// <summary>What the person calls himself.</summary>
    public string? FriendlyName { get; init; }

    /// <summary>The avatar.</summary>
    public Uri? Thumb { get; init; }

    /// <summary>Owns the Home.</summary>
    public bool Admin { get; init; }

    /// <summary>The Home's shared account for guests.</summary>
    public bool Guest { get; init; }

    /// <summary>A managed user: no sign-in of its own.</summary>
    public bool Restricted { get; init; }

    /// <summary>What a managed user may see, such as <c>little_kid</c>, <c>older_kid</c> or <c>teen</c>.</summary>
    public string? RestrictionProfile { get; init; }

    /// <summary>A PIN is asked to switch to this person.</summary>
    public bool Protected { get; init; }

    /// <summary>Can sign in with a password.</summary>
    public bool HasPassword { get; init; }

    /// <summary>Title and id.</summary>
    public override string ToString() => $"{nameof(PlexHomeUser)}({Title}, {Id})";

    static PlexHomeUser IReadable<PlexHomeUser>.Read(ref LenientReader json) => new(ref json);
}
