using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>How a media server reaches another source: a media server or a provider.</summary>
public sealed record PlexSourceConnection : IReadable<PlexSourceConnection>
{
    /// <summary>Describes no source.</summary>
    public PlexSourceConnection()
    {
    }

    private PlexSourceConnection(ref LenientReader json)
    {
        var connections = new List<PlexConnection>();
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            switch (json.Name)
            {
                case "name": Name = json.TextOrNull(); break;
                case "clientIdentifier": ClientIdentifier = json.Text() ?? ""; break;
                case "accessToken": AccessToken = json.Token(); break;
                case "Connection": json.AddTo(connections, "Connection"); break;
            }
        }

        Connections = connections;
    }

    /// <summary>The source's name, where it has one.</summary>
    public string? Name { get; init; }

    /// <summary>The source's identifier; a media server's is its machine identifier.</summary>
    public string ClientIdentifier { get; init; } = "";

    /// <summary>What the source accepts: a transient token. Send it to no other address than those in <see cref="Connections"/>.</summary>
    public PlexToken? AccessToken { get; init; }

    /// <summary>Addresses, in the server's order.</summary>
    public IReadOnlyList<PlexConnection> Connections { get; init; } = [];

    static PlexSourceConnection IReadable<PlexSourceConnection>.Read(ref LenientReader json) => new(ref json);

    /// <summary>Null if the answer names no device.</summary>
    internal static PlexSourceConnection? ReadAnswer(ref LenientReader json)
    {
        json.Unwrap("MediaContainer");
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            if (json.Name is "Device")
                return json.One<PlexSourceConnection>();
        }

        return null;
    }
}
