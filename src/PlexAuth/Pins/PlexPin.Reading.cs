using System.Text.Json;
using PlexAuth.Internal.Json;

namespace PlexAuth;

public sealed partial record PlexPin
{
    /// <summary>Makes a PIN by hand, as tests of calling code do.</summary>
    public PlexPin()
    {
    }

    private PlexPin(ref LenientReader json)
    {
        Dictionary<string, JsonElement>? unknown = null;
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            switch (json.Name)
            {
                case "id": Id = json.Int64() ?? Id; break;
                case "code": Code = json.Text() ?? Code; break;
                case "product": Product = json.Text() ?? Product; break;
                case "trusted": Trusted = json.Bool() ?? false; break;
                case "qr": Qr = json.Uri(); break;
                case "clientIdentifier" or "client_identifier": ClientIdentifier = json.Text() ?? ClientIdentifier; break;
                case "location": Location = json.One<PlexPinLocation>(); break;
                case "expiresIn": ExpiresIn = json.Int64() is { } seconds and >= 0 and <= int.MaxValue ? TimeSpan.FromSeconds(seconds) : null; break;
                case "createdAt": CreatedAt = json.Date(); break;
                case "expiresAt" or "expires_at": ExpiresAt = json.Date(); break;
                case "authToken" or "auth_token": AuthToken = json.Token(); break;
                case "newRegistration": NewRegistration = json.Bool(); break;
                default: json.Keep(ref unknown); break;
            }
        }

        AdditionalProperties = unknown is null ? NoProperties : unknown.AsReadOnly();
    }

    /// <summary>Null if the answer describes no PIN, as that of a captive portal, or breaks off before the token.</summary>
    internal static PlexPin? Read(ref LenientReader json)
    {
        json.Unwrap("pin");
        var pin = new PlexPin(ref json);
        var isEmpty = pin is not { Id: > 0, Code.Length: > 0 } || json.IsDamaged;
        return isEmpty && pin.AuthToken is null ? null : pin;
    }
}
