using System.Text.Json;

namespace PlexAuth.Internal;

/// <summary>The members of a JSON Web Key for Ed25519, checked one by one.</summary>
internal static class JwkReader
{
    /// <summary>Reads the public part; the answer is what is wrong, or null.</summary>
    public static string? Read(JsonElement element, bool isPrivate, out byte[] publicKey, out string? keyId)
    {
        publicKey = [];
        keyId = null;
        try
        {
            return ReadMembers(element, isPrivate, out publicKey, out keyId);
        }
        catch (InvalidOperationException exception) when (exception is not ObjectDisposedException)
        {
            return "The JSON Web Key has a string that is not valid Unicode.";
        }
    }

    private static string? ReadMembers(JsonElement element, bool isPrivate, out byte[] publicKey, out string? keyId)
    {
        publicKey = [];
        keyId = null;
        if (element.ValueKind != JsonValueKind.Object)
            return "A JSON Web Key is a JSON object.";
        if (FindDuplicate(element))
            return "A JSON Web Key names every member once.";

        var problem = Expect(element, "kty", "OKP", required: true) ?? Expect(element, "crv", "Ed25519", required: true)
            ?? Expect(element, "use", "sig", required: false) ?? Expect(element, "alg", "EdDSA", required: false);
        if (problem is not null)
            return problem;
        if (!isPrivate && element.TryGetProperty("d", out _))
            return "This JSON Web Key has a private part (d), which nobody else may see: send only the public key, and make a new one.";
        if (Text(element, "x") is not { } text || !StrictBase64Url.TryDecode(text, out var x))
            return "The x of the JSON Web Key is not base64url without padding.";

        publicKey = x;
        keyId = Text(element, "kid");
        return element.TryGetProperty("kid", out _) && (keyId is null || !PlexJwk.IsKeyId(keyId)) ? PlexJwk.KeyIdProblem : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string? Expect(JsonElement element, string name, string expected, bool required)
    {
        var present = element.TryGetProperty(name, out _);
        return Text(element, name) == expected || (!present && !required) ? null : $"The {name} of the JSON Web Key must be {expected}.";
    }

    private static bool FindDuplicate(JsonElement element)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in element.EnumerateObject())
            if (!names.Add(member.Name))
                return true;
        return false;
    }
}
