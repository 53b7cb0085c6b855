using System.Security.Cryptography;

namespace PlexAuth.Server.Tokens;

/// <summary>Makes a token: <see cref="TokenGenerator"/>, but for tests that want to know it beforehand.</summary>
internal delegate PlexToken TokenSource();

/// <summary>Makes opaque tokens: 24 characters that fit a header, a URL and a file name, of which the first is a letter or digit.</summary>
internal static class TokenGenerator
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Alphabet = Alphanumeric + "-_";
    private const int Length = 24;

    public static PlexToken Create() => new(RandomNumberGenerator.GetString(Alphanumeric, 1) + RandomNumberGenerator.GetString(Alphabet, Length - 1));
}
