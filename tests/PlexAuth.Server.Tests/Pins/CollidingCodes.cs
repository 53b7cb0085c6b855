using PlexAuth.Server.Pins;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.Tests.Pins;

/// <summary>Random, except that every PIN code of the usual length is the same.</summary>
internal sealed class CollidingCodes : RandomSource
{
    private readonly SystemRandomSource _system = new();

    public override void Fill(string purpose, Span<byte> bytes) => _system.Fill(purpose, bytes);

    public override string Text(string purpose, string alphabet, int length) =>
        (purpose, length) == (PinCode.Purpose, PinCode.ShortLength) ? "AAAA" : _system.Text(purpose, alphabet, length);

    public override int Number(string purpose, int from, int to) => _system.Number(purpose, from, to);
}
