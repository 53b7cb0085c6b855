using PlexAuth.Internal.Json;

namespace PlexAuth.Internal;

/// <summary>The answers of the four key operations.</summary>
internal static class KeyAnswers
{
    public static TextAnswer? Nonce(ref LenientReader json) => Text(ref json, "nonce", "nonce");

    public static TextAnswer? AuthToken(ref LenientReader json) => Text(ref json, "auth_token", "authToken");

    public static KeysAnswer? Keys(ref LenientReader json)
    {
        List<ReadableKey>? keys = null;
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            if (json.Name is "keys")
                json.AddTo(keys ??= [], "key");
        }

        return keys is null ? null : new KeysAnswer([.. keys.Select(key => key.Key).OfType<PlexJwk>()]);
    }

    private static TextAnswer? Text(ref LenientReader json, string name, string otherName)
    {
        string? text = null;
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            if (json.Name.SequenceEqual(name) || json.Name.SequenceEqual(otherName))
                text = json.TextOrNull();
        }

        return text is null || text.AsSpan().ContainsAnyExceptInRange('!', '~') ? null : new TextAnswer(text);
    }

    internal sealed record TextAnswer(string Text)
    {
        public override string ToString() => nameof(TextAnswer);
    }

    internal sealed record KeysAnswer(IReadOnlyList<PlexJwk> Keys);

    /// <summary>Null for a key of a kind this library does not know; the others still count.</summary>
    private readonly record struct ReadableKey(PlexJwk? Key) : IReadable<ReadableKey>
    {
        public static ReadableKey Read(ref LenientReader json)
        {
            string? type = null, curve = null, x = null, keyId = null;
            for (var depth = json.EnterObject(); json.NextMember(depth);)
            {
                switch (json.Name)
                {
                    case "kty": type = json.TextOrNull(); break;
                    case "crv": curve = json.TextOrNull(); break;
                    case "x": x = json.TextOrNull(); break;
                    case "kid": keyId = json.TextOrNull(); break;
                }
            }

            return type == "OKP" && curve == "Ed25519" && StrictBase64Url.TryDecode(x, out var publicKey) ? new(Safe(publicKey, keyId)) : default;
        }

        private static PlexJwk? Safe(byte[] publicKey, string? keyId)
        {
            try
            {
                return new PlexJwk(publicKey, keyId);
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
    }
}
