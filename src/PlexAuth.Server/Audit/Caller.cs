using System.Net;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Audit;

/// <summary>From where something is asked for and by whom, for budgets and for the audit trail.</summary>
internal sealed record Caller(ClientNetwork Network, Actor Actor)
{
    /// <summary>Somebody who has yet to prove who they are.</summary>
    /// <param name="clientIdentifier">Null for a browser.</param>
    public static Caller Anyone(IPAddress? address, string? clientIdentifier = null) => Of(ClientNetwork.Of(address), "anyone", clientIdentifier);

    /// <summary>Somebody who is signed in.</summary>
    public static Caller SignedIn(IPAddress? address, string? clientIdentifier = null) => Of(ClientNetwork.Of(address), "account", clientIdentifier);

    private static Caller Of(ClientNetwork network, string actor, string? clientIdentifier) => new(network, new Actor(actor, clientIdentifier, network.Source?.ToString()));
}
