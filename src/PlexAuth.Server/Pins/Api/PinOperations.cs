using System.Net;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Http.Description;
using PlexAuth.Server.Http.Wire;

namespace PlexAuth.Server.Pins;

/// <summary>How the API's description puts PINs.</summary>
internal static class PinOperations
{
    private static readonly Uri Service = new("https://plex.tv");

    private static readonly Pin Example = new()
    {
        Id = 308667304,
        Code = "7RQZ",
        Client = new ClientIdentity("example"),
        Origin = null,
        Network = ClientNetwork.Of(IPAddress.Loopback),
        CreatedAt = DateTimeOffset.UnixEpoch,
        ExpiresAt = DateTimeOffset.UnixEpoch.AddMinutes(15),
    };

    private static readonly Parameter[] Creation = [new("strong", "A code of 25 characters for a link, instead of 4 to be typed; also taken from the query or a JSON body", "true", "false")];

    public static Operation Create { get; } = new("createPIN", "Asks for an app or device to be signed in; a JSON body may bring its public key, as {\"jwk\":{…}}")
    {
        Success = 201,
        Answer = Write,
        Form = Creation,
        Refusals = [400, 415, 422, 429],
    };

    public static Operation Poll { get; } = new("getPIN", "How a PIN stands, for whoever asked for it: pending while authToken is null")
    {
        Answer = Write,
        Query = [new("deviceJWT", "Signed by the device key that the PIN was asked for with, if there is one: without it, there is no token")],
        Refusals = [400, 404, 422, 429, 498],
    };

    public static Operation Link { get; } = new("linkPIN", "Gives the PIN with this code a token of the caller's account")
    {
        Success = 204,
        Form = [new("code", "As typed, in any case of letters; also taken from the query or a JSON body") { Required = true }],
        Refusals = [400, 401, 403, 404, 415, 429],
    };

    public static Operation Picture { get; } = new("getPINQRCode", "A QR code of the address where this code is redeemed, whether it is live or not")
    {
        MediaType = PinQrCode.ContentType,
        Refusals = [404],
    };

    public static Operation LegacyCreate { get; } = new("createLegacyPIN", "What createPIN was before version 2, for television apps")
    {
        Success = 201,
        Answer = WriteLegacy,
        Form = Creation,
        Refusals = [400, 415, 422, 429],
    };

    public static Operation LegacyPoll { get; } = new("getLegacyPIN", "What getPIN was before version 2, for television apps") { Answer = WriteLegacy, Refusals = [400, 404, 429] };

    private static void Write(WireWriter wire) => PinWire.Write(wire, Example, Service, Example.CreatedAt);

    private static void WriteLegacy(WireWriter wire) => wire.Object("pin", pin =>
    {
        pin.Number("id", Example.Id);
        pin.Text("code", Example.Code);
        pin.Date("expires_at", Example.ExpiresAt);
        pin.Number("user_id", null);
        pin.Text("client_identifier", Example.Client.ClientIdentifier);
        pin.Flag("trusted", false);
        pin.Text("auth_token", null);
    });
}
