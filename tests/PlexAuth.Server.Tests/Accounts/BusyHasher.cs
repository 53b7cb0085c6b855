using Microsoft.AspNetCore.Identity;
using PlexAuth.Server.Accounts;

namespace PlexAuth.Server.Tests.Accounts;

/// <summary>Checks passwords, and makes no hash of a new one for the next so many times that it is asked to.</summary>
internal sealed class BusyHasher : IPasswordHasher<Account>
{
    private readonly CountingHasher _hasher = new();

    public int Refusals { get; set; }

    public string HashPassword(Account user, string password) => Refusals-- > 0 ? throw new HashQueueFullException() : _hasher.HashPassword(user, password);

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword) =>
        _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
}
