using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.Emulator;

/// <summary>Draws the same in every run, one after the other for each purpose. Everybody can know it, so it is for tests alone.</summary>
internal sealed class KnownRandomSource : RandomSource
{
    private static readonly byte[] Key = SHA256.HashData("plexauth deterministic"u8);
    private readonly ConcurrentDictionary<string, int> _drawn = new(StringComparer.Ordinal);

    /// <summary>How often was drawn for each purpose.</summary>
    public IReadOnlyDictionary<string, int> Drawn => _drawn;

    /// <summary>Goes on from there.</summary>
    public void Return(IReadOnlyDictionary<string, int> drawn)
    {
        _drawn.Clear();
        foreach (var (purpose, times) in drawn)
            _drawn[purpose] = times;
    }

    public override void Fill(string purpose, Span<byte> bytes) =>
        HKDF.Expand(HashAlgorithmName.SHA256, Key, bytes, Encoding.UTF8.GetBytes($"{_drawn.AddOrUpdate(purpose, 1, (_, times) => times + 1)} {purpose}"));

    public override string Text(string purpose, string alphabet, int length) => string.Concat(Bytes(purpose, length).Select(value => alphabet[value % alphabet.Length]));

    public override int Number(string purpose, int from, int to) =>
        from + (int)(BinaryPrimitives.ReadUInt32LittleEndian(Bytes(purpose, sizeof(uint))) % (uint)(to - from));
}
