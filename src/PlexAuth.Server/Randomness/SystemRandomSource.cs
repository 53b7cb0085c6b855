using System.Security.Cryptography;

namespace PlexAuth.Server.Randomness;

/// <summary>The system's secure randomness.</summary>
internal sealed class SystemRandomSource : RandomSource
{
    public override void Fill(string purpose, Span<byte> bytes) => RandomNumberGenerator.Fill(bytes);

    public override string Text(string purpose, string alphabet, int length) => RandomNumberGenerator.GetString(alphabet, length);

    public override int Number(string purpose, int from, int to) => RandomNumberGenerator.GetInt32(from, to);
}
