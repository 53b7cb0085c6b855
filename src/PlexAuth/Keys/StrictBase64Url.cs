using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;

namespace PlexAuth.Internal;

/// <summary>
/// Base64url with exactly one spelling for every value: no padding, no white space, unused bits zero (RFC 7515, section 2; RFC 4648, 3.5).
/// </summary>
internal static class StrictBase64Url
{
    /// <summary>Decodes what encoding would give back letter by letter, and nothing else.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var result = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        if (Base64Url.DecodeFromChars(text, result, out _, out var written) != OperationStatus.Done)
            return false;

        Array.Resize(ref result, written);
        if (!text.SequenceEqual(Base64Url.EncodeToString(result)))
            return false;

        bytes = result;
        return true;
    }
}
