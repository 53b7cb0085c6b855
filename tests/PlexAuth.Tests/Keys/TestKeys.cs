using System.Buffers.Text;

namespace PlexAuth.Tests.Keys;

internal static class TestKeys
{
    // RFC 8037, appendix A.1.
    public const string Rfc8037 =
        """{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""";

    public static PlexSigningKey FromSeed(string hex) => PlexSigningKey.ImportSeed(Convert.FromHexString(hex));

    public static string Segment(string json) => Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(json));

    /// A token of any shape with a right signature over it.
    public static string Sign(PlexSigningKey key, string headerJson, string claimsJson) => Sign(key, $"{Segment(headerJson)}.{Segment(claimsJson)}");

    public static string Sign(PlexSigningKey key, string unsigned) => $"{unsigned}.{Base64Url.EncodeToString(key.Sign(System.Text.Encoding.UTF8.GetBytes(unsigned)))}";
}
