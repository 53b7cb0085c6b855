using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Accounts;

namespace PlexAuth.Server.Tests.Accounts;

/// <summary>The real hasher, which also tells how often it was made to hash, and with what cost.</summary>
internal sealed class CountingHasher(int iterations = 1000) : IPasswordHasher<Account>
{
    private readonly PasswordHasher<Account> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = iterations }));
    private readonly List<int> _costs = [];
    private readonly Lock _lock = new();

    public IReadOnlyList<int> TakeCosts()
    {
        lock (_lock)
        {
            var costs = _costs.ToArray();
            _costs.Clear();
            return costs;
        }
    }

    public string HashPassword(Account user, string password)
    {
        Note(iterations);
        return _hasher.HashPassword(user, password);
    }

    public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword)
    {
        Note(Cost(hashedPassword));
        return _hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }

    public static int Cost(string hash) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5));

    private void Note(int cost)
    {
        lock (_lock)
            _costs.Add(cost);
    }
}
