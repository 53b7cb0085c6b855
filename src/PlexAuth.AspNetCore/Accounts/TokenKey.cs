using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace PlexAuth.AspNetCore.Accounts;

/// <summary>Stands for a token in a cache without holding it: its SHA-256.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TokenKey(UInt128 First, UInt128 Second)
{
    public static TokenKey Of(PlexToken token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes(token.Reveal()), hash);
        return new(BinaryPrimitives.ReadUInt128BigEndian(hash), BinaryPrimitives.ReadUInt128BigEndian(hash[16..]));
    }
}
