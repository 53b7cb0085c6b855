using System.Security.Cryptography;
using System.Text;
using PlexAuth.Server.Pins;

namespace PlexAuth.Server.Emulator;

/// <summary>What would be random, one after the other and the same in every run. Everybody can know it, so it is for tests alone.</summary>
internal sealed class DeterministicSecrets
{
    private const string Alphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const int TokenLength = 24;
    private const int LowestPinId = 1 << 28;
    private int _tokens;
    private int _pins;
    private int _codes;

    public PlexToken NextToken() => new(Text("token", Interlocked.Increment(ref _tokens), Alphanumeric, TokenLength));

    public int NextPinId() => LowestPinId + Interlocked.Increment(ref _pins);

    public string NextCode(bool strong, int length) => strong
        ? Text("strong code", Interlocked.Increment(ref _codes), PinCode.StrongAlphabet, PinCode.StrongLength)
        : Text("code", Interlocked.Increment(ref _codes), PinCode.ShortAlphabet, length);

    private static string Text(string kind, int number, string alphabet, int length) =>
        string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes($"plexauth {kind} {number}")).Take(length).Select(value => alphabet[value % alphabet.Length]));
}
