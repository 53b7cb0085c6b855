namespace PlexAuth.Server.Randomness;

/// <summary>Where everything comes from that is drawn by lot: tokens, codes, ids, nonces and keys. Thread-safe.</summary>
/// <remarks>Each draw names its purpose. The system's source makes nothing of that; an emulator's known source keeps a sequence for each, which no other draw disturbs.</remarks>
internal abstract class RandomSource
{
    private const string HexDigits = "0123456789abcdef";

    public abstract void Fill(string purpose, Span<byte> bytes);

    /// <summary>Characters of an alphabet, each as likely as any other.</summary>
    public abstract string Text(string purpose, string alphabet, int length);

    /// <summary>At least <paramref name="from"/> and below <paramref name="to"/>.</summary>
    public abstract int Number(string purpose, int from, int to);

    public byte[] Bytes(string purpose, int length)
    {
        var bytes = new byte[length];
        Fill(purpose, bytes);
        return bytes;
    }

    public string Hex(string purpose, int digits) => Text(purpose, HexDigits, digits);
}
