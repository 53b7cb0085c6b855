using System.Security.Cryptography;
using System.Text;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.SecondFactors;

/// <summary>One-time codes of 24 letters and digits, 120 random bits, written in groups of six.</summary>
internal static class BackupCode
{
    public const int Count = 10;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Length = 24;
    private const int Group = 6;

    public static string Create(RandomSource random) => string.Join('-', random.Text("backup code", Alphabet, Length).Chunk(Group).Select(group => new string(group)));

    /// <returns>Null for what cannot be one; spaces, dashes and small letters make no difference.</returns>
    public static byte[]? Hash(string typed)
    {
        var code = string.Concat(typed.Where(character => character != '-' && !char.IsWhiteSpace(character))).ToUpperInvariant();
        return code.Length == Length && code.All(character => Alphabet.Contains(character, StringComparison.Ordinal)) ? SHA256.HashData(Encoding.ASCII.GetBytes(code)) : null;
    }
}
