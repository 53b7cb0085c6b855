using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>One address under which a source may be reached.</summary>
public sealed record PlexConnection : IReadable<PlexConnection>
{
    /// <summary>Describes no connection.</summary>
    public PlexConnection()
    {
    }

    private PlexConnection(ref LenientReader json)
    {
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            switch (json.Name)
            {
                case "protocol": Protocol = json.Text() ?? ""; break;
                case "address": Address = json.Text() ?? ""; break;
                case "port": Port = json.Int32() ?? 0; break;
                case "uri": Uri = json.Uri(); break;
                case "local": Local = json.Bool() ?? false; break;
                case "relay": Relay = json.Bool() ?? false; break;
                case "IPv6": IPv6 = json.Bool() ?? false; break;
            }
        }
    }

    /// <summary><c>https</c> or <c>http</c>.</summary>
    public string Protocol { get; init; } = "";

    /// <summary>An IP address or a host name.</summary>
    public string Address { get; init; } = "";

    /// <summary>The TCP port.</summary>
    public int Port { get; init; }

    /// <summary>The whole address; with <c>https</c> the host is a name the server's certificate fits.</summary>
    public Uri? Uri { get; init; }

    /// <summary>In the server's own network.</summary>
    public bool Local { get; init; }

    /// <summary>Through Plex's relay, which limits bandwidth. Answers leave it out where it is false.</summary>
    public bool Relay { get; init; }

    /// <summary>The address is an IPv6 one.</summary>
    public bool IPv6 { get; init; }

    static PlexConnection IReadable<PlexConnection>.Read(ref LenientReader json) => new(ref json);
}
