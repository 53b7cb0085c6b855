using System.Text;
using Microsoft.AspNetCore.Identity;
using PlexAuth.Server.Data;

namespace PlexAuth.Server.Accounts;

/// <summary>The PINs that protect members of a Home, hashed as passwords are and sealed, since ten thousand guesses undo a hash alone.</summary>
internal sealed class HomePins(KeyRing keys, IPasswordHasher<Account> hasher, HashQueue queue)
{
    private const string Purpose = "home-pin";
    private const int Digits = 4;

    public static bool IsPin(string? text) => text is { Length: Digits } && text.All(char.IsAsciiDigit);

    public byte[] Seal(string uuid, string hash) => keys.Seal(Purpose, uuid, Encoding.UTF8.GetBytes(hash));

    /// <exception cref="HashQueueFullException">There is no room to hash now.</exception>
    public async Task<byte[]> HashAsync(string uuid, string pin, CancellationToken cancellationToken) =>
        Seal(uuid, await queue.RunAsync(() => hasher.HashPassword(null!, pin), cancellationToken));

    /// <exception cref="HashQueueFullException">There is no room to hash now.</exception>
    public Task<bool> VerifyAsync(string uuid, byte[] sealedPin, string pin, CancellationToken cancellationToken)
    {
        var hash = Encoding.UTF8.GetString(keys.Unseal(Purpose, uuid, sealedPin));
        return queue.RunAsync(() => hasher.VerifyHashedPassword(null!, hash, pin) != PasswordVerificationResult.Failed, cancellationToken);
    }
}
