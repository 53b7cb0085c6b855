using PlexAuth.Server.Http.Description;

namespace PlexAuth.Server.DeviceKeys;

/// <summary>How the API's description puts the operations on device keys.</summary>
internal static class DeviceKeyOperations
{
    private static readonly PlexJwk Example = PlexJwk.Parse("""{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"example"}""");

    public static Operation Register { get; } = new("registerDeviceKey", "Registers a public Ed25519 key, as {\"jwk\":{…}}, for the device of the token")
    {
        Refusals = [400, 401, 415, 422, 429],
    };

    public static Operation Nonce { get; } = new("getNonce", "A value to sign, good once and for five minutes")
    {
        Answer = wire => wire.Text("nonce", "7c415b56-8f48-488a-98ab-847ef4460442"),
        Refusals = [400, 429],
    };

    public static Operation Exchange { get; } = new("exchangeDeviceToken", "Gives a token of seven days for one signed by a device, as {\"jwt\":\"…\"}")
    {
        Answer = wire => wire.Text("auth_token", "eyJ…"),
        Refusals = [400, 415, 422, 498],
    };

    public static Operation Keys { get; } = new("getIssuerKeys", "The public keys by which this service signs tokens, oldest first")
    {
        Answer = wire => DeviceKeyWire.WriteKeys(wire, [Example]),
        Refusals = [],
    };
}
