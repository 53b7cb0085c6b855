using System.Collections.Concurrent;

namespace PlexAuth.Faults.Tests;

/// <summary>What the server acknowledged, and so must still be true after any number of kills.</summary>
internal sealed class Journal
{
    /// <summary>Tokens whose issue was answered and whose revocation was never asked for.</summary>
    public ConcurrentDictionary<string, int> Valid { get; } = new(StringComparer.Ordinal);

    /// <summary>Tokens whose revocation was answered.</summary>
    public ConcurrentBag<string> Revoked { get; } = [];

    /// <summary>Transient tokens of a process that is gone, and of one that runs.</summary>
    public ConcurrentBag<string> Transient { get; private set; } = [];

    public List<string> FormerTransient { get; } = [];

    /// <summary>PINs that were created and not linked: id and client.</summary>
    public ConcurrentDictionary<string, string> Pins { get; } = new(StringComparer.Ordinal);

    /// <summary>PINs whose link was answered.</summary>
    public ConcurrentDictionary<string, string> Linked { get; } = new(StringComparer.Ordinal);

    /// <summary>Usernames of accounts whose making was answered.</summary>
    public ConcurrentDictionary<string, int> Accounts { get; } = new(StringComparer.Ordinal);

    /// <summary>Keys whose registration was answered, by client.</summary>
    public ConcurrentDictionary<string, PlexSigningKey> Keys { get; } = new(StringComparer.Ordinal);

    /// <summary>The password whose change was answered last, and the one that was asked for after it, which may hold or not.</summary>
    public string Password { get; set; } = Calls.Password;

    public string? AskedPassword { get; set; }

    public int Acknowledged => Valid.Count + Revoked.Count + Pins.Count + Linked.Count + FormerTransient.Count + Accounts.Count + Keys.Count;

    public void InstanceDied()
    {
        FormerTransient.AddRange(Transient);
        Transient = [];
    }
}
