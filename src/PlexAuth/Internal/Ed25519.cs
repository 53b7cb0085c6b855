using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PlexAuth.Internal;

/// <summary>Ed25519 (RFC 8032) by OpenSSL 3's libcrypto, which .NET itself loads on Linux: the only place that knows native code.</summary>
/// <remarks>
/// Nothing is loaded before the first use. Every call has fixed lengths, leaves OpenSSL's per-thread error queue empty and keeps no managed
/// pointer. A key handle may be used by several threads at once. OpenSSL alone accepts forgeries under public keys of small order: callers check
/// them with <see cref="Ed25519Point"/>.
/// </remarks>
internal static partial class Ed25519
{
    public const int SeedLength = 32;
    public const int PublicKeyLength = 32;
    public const int SignatureLength = 64;

    internal const string Missing =
        "Device keys need OpenSSL 3 (libcrypto), which was not found. Install it (Debian and Ubuntu: libssl3; Alpine: libcrypto3; Fedora: openssl-libs; " +
        "macOS: brew install openssl@3; Windows: OpenSSL 3, with libcrypto-3-x64.dll on the PATH or beside the app). Sign-in by PIN, password or token works without.";

    private const string LibCrypto = "libcrypto";
    private const int KeyType = 1087;
    private const ulong NoCleanupAtExit = 0x00080000;
    private static readonly Lazy<nint> Library = new(Load);

    public static bool IsSupported => Library.Value != 0;

    public static PrivateKey ImportPrivate(ReadOnlySpan<byte> seed)
    {
        ThrowIfMissing(Library.Value);
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedLength, nameof(seed));
        var key = EVP_PKEY_new_raw_private_key(KeyType, 0, seed, SeedLength);
        return Check(!key.IsInvalid) ? key : throw Failed("import a private key");
    }

    public static void ExportSeed(PrivateKey key, Span<byte> seed)
    {
        nuint length = SeedLength;
        if (!Check(EVP_PKEY_get_raw_private_key(key, seed[..SeedLength], ref length) == 1))
            throw Failed("export a private key");
    }

    public static byte[] ExportPublic(PrivateKey key)
    {
        var result = new byte[PublicKeyLength];
        nuint length = PublicKeyLength;
        return Check(EVP_PKEY_get_raw_public_key(key, result, ref length) == 1) ? result : throw Failed("derive a public key");
    }

    public static byte[] Sign(PrivateKey key, ReadOnlySpan<byte> data)
    {
        using var context = EVP_MD_CTX_new();
        var signature = new byte[SignatureLength];
        nuint length = SignatureLength;
        var done = !context.IsInvalid && EVP_DigestSignInit(context, 0, 0, 0, key) == 1
            && EVP_DigestSign(context, signature, ref length, data, (nuint)data.Length) == 1;
        return Check(done && length == SignatureLength) ? signature : throw Failed("sign");
    }

    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        ThrowIfMissing(Library.Value);
        if (publicKey.Length != PublicKeyLength || signature.Length != SignatureLength)
            return false;

        using var key = EVP_PKEY_new_raw_public_key(KeyType, 0, publicKey, PublicKeyLength);
        using var context = EVP_MD_CTX_new();
        return Check(!key.IsInvalid && !context.IsInvalid && EVP_DigestVerifyInit(context, 0, 0, 0, key) == 1
            && EVP_DigestVerify(context, signature, SignatureLength, data, (nuint)data.Length) == 1);
    }

    internal static void ThrowIfMissing(nint library)
    {
        if (library == 0)
            throw new PlatformNotSupportedException(Missing);
    }

    /// <summary>
    /// The first of <paramref name="names"/> that loads and has raw Ed25519 keys, or zero. The current directory is never searched.
    /// </summary>
    internal static nint Open(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            const DllImportSearchPath Where = DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory;
            if (NativeLibrary.TryLoad(name, typeof(Ed25519).Assembly, Where, out var library)
                && NativeLibrary.TryGetExport(library, nameof(EVP_PKEY_new_raw_private_key), out _))
                return library;
        }

        return 0;
    }

    private static nint Load()
    {
        var library = OperatingSystem.IsWindows()
            ? Open(RuntimeInformation.ProcessArchitecture is Architecture.Arm64 ? "libcrypto-3-arm64.dll" : "libcrypto-3-x64.dll")
            : OperatingSystem.IsMacOS()
                ? Open("libcrypto.3.dylib", "/opt/homebrew/opt/openssl@3/lib/libcrypto.3.dylib", "/usr/local/opt/openssl@3/lib/libcrypto.3.dylib")
                : Open("libcrypto.so.3");
        if (library == 0)
            return 0;

        NativeLibrary.SetDllImportResolver(typeof(Ed25519).Assembly, (name, _, _) => name == LibCrypto ? library : 0);
        // As .NET does: OpenSSL's own clean-up at exit would free what other threads still use.
        return OPENSSL_init_crypto(NoCleanupAtExit, 0) == 1 ? library : 0;
    }

    private static bool Check(bool succeeded)
    {
        if (!succeeded)
            ERR_clear_error();
        return succeeded;
    }

    private static CryptographicException Failed(string action) => new($"OpenSSL could not {action} with Ed25519.");

    [LibraryImport(LibCrypto)]
    private static partial int OPENSSL_init_crypto(ulong options, nint settings);

    [LibraryImport(LibCrypto)]
    private static partial void ERR_clear_error();

    [LibraryImport(LibCrypto)]
    private static partial PrivateKey EVP_PKEY_new_raw_private_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(LibCrypto)]
    private static partial PublicKey EVP_PKEY_new_raw_public_key(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(LibCrypto)]
    private static partial int EVP_PKEY_get_raw_private_key(PrivateKey key, Span<byte> result, ref nuint length);

    [LibraryImport(LibCrypto)]
    private static partial int EVP_PKEY_get_raw_public_key(PrivateKey key, Span<byte> result, ref nuint length);

    [LibraryImport(LibCrypto)]
    private static partial void EVP_PKEY_free(nint key);

    [LibraryImport(LibCrypto)]
    private static partial Context EVP_MD_CTX_new();

    [LibraryImport(LibCrypto)]
    private static partial void EVP_MD_CTX_free(nint context);

    [LibraryImport(LibCrypto)]
    private static partial int EVP_DigestSignInit(Context context, nint keyContext, nint digest, nint engine, PrivateKey key);

    [LibraryImport(LibCrypto)]
    private static partial int EVP_DigestSign(Context context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> data, nuint length);

    [LibraryImport(LibCrypto)]
    private static partial int EVP_DigestVerifyInit(Context context, nint keyContext, nint digest, nint engine, PublicKey key);

    [LibraryImport(LibCrypto)]
    private static partial int EVP_DigestVerify(Context context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> data, nuint length);

    internal abstract class Handle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;
    }

    internal class PublicKey : Handle
    {
        protected override bool ReleaseHandle()
        {
            EVP_PKEY_free(handle);
            return true;
        }
    }

    internal sealed class PrivateKey : PublicKey;

    private sealed class Context : Handle
    {
        protected override bool ReleaseHandle()
        {
            EVP_MD_CTX_free(handle);
            return true;
        }
    }
}
