using PlexAuth.Server.Accounts;

namespace PlexAuth.Server.Home;

/// <summary>A Home and who is in it; somebody without one is the only member of a Home with the id 0.</summary>
internal sealed record HomeMembers(long Id, string Name, bool Subscribed, IReadOnlyList<Account> Members);

/// <summary>A member as far as a switch to them depends on it.</summary>
internal sealed class HomeMember
{
    public int AccountId { get; set; }

    public string Uuid { get; set; } = "";

    public bool Admin { get; set; }

    public bool Restricted { get; set; }

    public byte[]? SealedPin { get; set; }
}
