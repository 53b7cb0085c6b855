using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Data;
using PlexAuth.Server.Text;

namespace PlexAuth.Server.Accounts;

/// <summary>Checks and makes password hashes at a cost that depends on what was typed, never on whose login it is.</summary>
internal sealed class PasswordHashing(IPasswordHasher<Account> hasher, KeyRing keys, HashQueue queue, IOptions<PlexAuthServerOptions> options)
{
    public const int MaxCodePoints = 256;
    public const int MaxBytes = 1024;

    /// <summary>Characters of an acceptable password in the longest of its spellings.</summary>
    public const int MaxTyped = MaxCodePoints * 4 * 2;

    /// <summary>Hashed in place of what cannot be anybody's password, so that it costs as much.</summary>
    private const string Stand = "not a password";
    private const string Purpose = "password";

    /// <summary>Identity's version 3 layout with random bytes for salt and key: no password fits it, and it took no hashing to make.</summary>
    private readonly string _nobodys = Convert.ToBase64String(
        [1, .. BigEndian(2), .. BigEndian((uint)options.Value.PasswordHashIterations), .. BigEndian(16), .. RandomNumberGenerator.GetBytes(16 + 32)]);

    /// <summary>One hash; two when <paramref name="typed"/> may end in a verification code. Never more or fewer, whatever the credential.</summary>
    /// <exception cref="HashQueueFullException">There is no room to hash now.</exception>
    public Task<PasswordCheck> CheckAsync(Credential? credential, TypedPassword typed, CancellationToken cancellationToken)
    {
        var stored = credential?.SealedPassword is { } sealedPassword ? Encoding.UTF8.GetString(keys.Unseal(Purpose, credential.Uuid, sealedPassword)) : null;
        return queue.RunAsync(
            () =>
            {
                var whole = Verify(stored, typed.Whole);
                var shortened = typed.AppendedCode is null ? PasswordVerificationResult.Failed : Verify(stored, typed.WithoutCode);
                return new PasswordCheck(whole, shortened);
            },
            cancellationToken);
    }

    /// <exception cref="HashQueueFullException">There is no room to hash now.</exception>
    public async Task<byte[]> HashAsync(string uuid, string password, CancellationToken cancellationToken) =>
        Seal(uuid, await queue.RunAsync(() => hasher.HashPassword(null!, UnicodeComposition.Compose(password)), cancellationToken));

    /// <param name="hash">As Identity's password hasher writes it.</param>
    public byte[] Seal(string uuid, string hash) => keys.Seal(Purpose, uuid, Encoding.UTF8.GetBytes(hash));

    private PasswordVerificationResult Verify(string? stored, string? password)
    {
        password = password is { Length: <= MaxTyped } ? UnicodeComposition.Compose(password) : null;
        var possible = password is not null && IsPossible(password);
        var result = hasher.VerifyHashedPassword(null!, stored ?? _nobodys, possible ? password! : Stand);
        return possible && stored is not null ? result : PasswordVerificationResult.Failed;
    }

    private static bool IsPossible(string password) =>
        password.Length is > 0 and <= MaxBytes && !password.Contains('\0', StringComparison.Ordinal)
        && Encoding.UTF8.GetByteCount(password) <= MaxBytes && password.EnumerateRunes().Count() <= MaxCodePoints;

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}

/// <summary>Which reading of the typed password is right.</summary>
internal sealed record PasswordCheck(PasswordVerificationResult Whole, PasswordVerificationResult WithoutCode)
{
    public bool IsWhole => Whole != PasswordVerificationResult.Failed;

    public bool IsWithoutCode => WithoutCode != PasswordVerificationResult.Failed;

    public bool NeedsRenewal => Whole == PasswordVerificationResult.SuccessRehashNeeded || WithoutCode == PasswordVerificationResult.SuccessRehashNeeded;
}
