using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>A service an account may use.</summary>
public sealed record PlexService : IReadable<PlexService>
{
    /// <summary>Describes no service.</summary>
    public PlexService()
    {
    }

    private PlexService(ref LenientReader json)
    {
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            switch (json.Name)
            {
                case "identifier": Identifier = json.Text() ?? ""; break;
                case "endpoint": Endpoint = json.Uri(); break;
                case "token": Token = json.Secret(); break;
                case "secret": Secret = json.Secret(); break;
                case "status": Status = new(json.TextOrNull()); break;
            }
        }
    }

    /// <summary>Such as <c>epg</c> or <c>metadata</c>.</summary>
    public string Identifier { get; init; } = "";

    /// <summary>Its address.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>What the service itself accepts; not a Plex token.</summary>
    public PlexSecret? Token { get; init; }

    /// <summary>The second half of <see cref="Token"/> where a service has one.</summary>
    public PlexSecret? Secret { get; init; }

    /// <summary>Whether it answers.</summary>
    public PlexServiceStatus Status { get; init; }

    static PlexService IReadable<PlexService>.Read(ref LenientReader json) => new(ref json);
}
