namespace PlexAuth.Server.Sharing;

/// <summary>Somebody with whom the asking account shares a server, in either direction, or a Home.</summary>
internal sealed class Friend
{
    public int Id { get; set; }

    public string Uuid { get; set; } = "";

    public string Username { get; set; } = "";

    public string Title { get; set; } = "";

    public string FriendlyName { get; set; } = "";

    /// <summary>Empty unless the asking account knew it before: by inviting with it, or as one of the Home.</summary>
    public string Email { get; set; } = "";

    public bool Home { get; set; }

    public bool Restricted { get; set; }

    public bool Protected { get; set; }

    public long UpdatedAt { get; set; }

    public string Thumb(Uri publicUrl) =>
        new Uri(publicUrl, $"/users/{Uuid}/avatar?c={DateTimeOffset.FromUnixTimeMilliseconds(UpdatedAt).ToUnixTimeSeconds()}").AbsoluteUri;
}

/// <summary>A server that one account shares with another.</summary>
internal sealed class Share
{
    public long SourceId { get; set; }

    public string MachineIdentifier { get; set; } = "";

    public string Name { get; set; } = "";

    public int OwnerId { get; set; }

    /// <summary>With whom. It names the share too, since a server is shared with somebody once.</summary>
    public int AccountId { get; set; }

    public long SharedAt { get; set; }

    public long LastSeenAt { get; set; }

    public DateTimeOffset Since => DateTimeOffset.FromUnixTimeMilliseconds(SharedAt);

    public DateTimeOffset LastSeen => DateTimeOffset.FromUnixTimeMilliseconds(LastSeenAt);
}
