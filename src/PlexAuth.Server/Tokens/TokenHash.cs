using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace PlexAuth.Server.Tokens;

/// <summary>SHA-256 of a token: what is stored and looked up in its place.</summary>
/// <remarks>Comparing hashes in the ordinary way gives nothing away: nobody can steer the hash of a token they do not have.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct TokenHash(ulong A, ulong B, ulong C, ulong D)
{
    private const int MaxStackLength = 512;

    public static TokenHash Of(string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (token.Length <= MaxStackLength)
        {
            Span<byte> bytes = stackalloc byte[MaxStackLength * 3];
            SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(token, bytes)], hash);
        }
        else
        {
            SHA256.HashData(Encoding.UTF8.GetBytes(token), hash);
        }

        return MemoryMarshal.Read<TokenHash>(hash);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[SHA256.HashSizeInBytes];
        MemoryMarshal.Write(bytes, in this);
        return bytes;
    }

    public override int GetHashCode() => (int)A;
}
