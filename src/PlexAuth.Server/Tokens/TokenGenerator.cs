using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.Tokens;

/// <summary>Makes opaque tokens: 24 characters that fit a header, a URL and a file name, of which the first is a letter or digit.</summary>
internal static class TokenGenerator
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Alphabet = Alphanumeric + "-_";
    private const int Length = 24;

    public static PlexToken Create(RandomSource random) => new(random.Text("token, first", Alphanumeric, 1) + random.Text("token", Alphabet, Length - 1));
}
