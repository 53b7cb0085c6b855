using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using PlexAuth.Internal.Json;

namespace PlexAuth;

public sealed partial record PlexResource : IReadable<PlexResource>
{
    /// <summary>Makes a resource by hand, say of a server whose identifier, address and token were kept.</summary>
    public PlexResource()
    {
    }

    [SuppressMessage("Design", "MA0051", Justification = "A table: one line for each documented member.")]
    private PlexResource(ref LenientReader json)
    {
        Dictionary<string, JsonElement>? unknown = null;
        var connections = new List<PlexConnection>();
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            switch (json.Name)
            {
                case "name": Name = json.Text() ?? Name; break;
                case "product": Product = json.Text() ?? Product; break;
                case "productVersion": ProductVersion = json.Text() ?? ProductVersion; break;
                case "platform": Platform = json.TextOrNull(); break;
                case "platformVersion": PlatformVersion = json.TextOrNull(); break;
                case "device": Device = json.TextOrNull(); break;
                case "clientIdentifier": ClientIdentifier = json.Text() ?? ClientIdentifier; break;
                case "createdAt": CreatedAt = json.Date(); break;
                case "lastSeenAt": LastSeenAt = json.Date(); break;
                case "provides": Provides = json.Texts("provide"); break;
                case "ownerId": OwnerId = json.Int64(); break;
                case "sourceTitle": SourceTitle = json.TextOrNull(); break;
                case "publicAddress": PublicAddress = json.TextOrNull(); break;
                case "accessToken": AccessToken = PlexServerToken.From(json.Token()) ?? AccessToken; break;
                case "owned": Owned = json.Bool() ?? false; break;
                case "home": Home = json.Bool() ?? false; break;
                case "synced": Synced = json.Bool() ?? false; break;
                case "relay": Relay = json.Bool() ?? false; break;
                case "presence": Presence = json.Bool() ?? false; break;
                case "httpsRequired": HttpsRequired = json.Bool() ?? false; break;
                case "publicAddressMatches": PublicAddressMatches = json.Bool() ?? false; break;
                case "dnsRebindingProtection": DnsRebindingProtection = json.Bool() ?? false; break;
                case "natLoopbackSupported": NatLoopbackSupported = json.Bool() ?? false; break;
                case "connections" or "Connection": json.AddTo(connections, "connection"); break;
                default: json.Keep(ref unknown); break;
            }
        }

        Connections = connections;
        AdditionalProperties = unknown is null ? ReadOnlyDictionary<string, JsonElement>.Empty : unknown.AsReadOnly();
    }

    /// <summary>Null if the answer is no list, or breaks off: half a list would say that the rest is gone.</summary>
    internal static List<PlexResource>? ReadList(ref LenientReader json)
    {
        var resources = new List<PlexResource>();
        var isList = json.IsArray;
        if (isList)
            json.AddTo(resources, "resource");

        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            if (json.Name is not ("resources" or "MediaContainer"))
                continue;

            isList = true;
            for (var container = json.EnterObject(); json.NextMember(container);)
            {
                if (json.Name is "resource" or "Device")
                    json.AddTo(resources, "resource");
            }
        }

        return isList && !json.IsDamaged ? resources : null;
    }
}
