namespace PlexAuth.Internal.Resources;

/// <summary>What to say when no connection comes about.</summary>
internal static class ConnectFailures
{
    private const string Operation = "connection to a server";

    public static PlexConnectException NoAccess(PlexResource resource) => resource.IsServer
        ? new($"'{resource.Name}' came without an access token: its owner does not share it with this account any more. List the servers again, or ask the owner.") { Operation = Operation }
        : new($"'{resource.Name}' is no media server that this account has access to: connect to one whose IsServer is true.") { Operation = Operation };

    public static PlexConnectException NoAddress(PlexResource resource, IReadOnlyList<PlexConnectAttempt> attempts) => new(
        attempts.Count == 0
            ? $"'{resource.Name}' has no address: it is not in touch with the account service. Start it, or name an address in PlexConnectPolicy.Addresses."
            : $"'{resource.Name}' cannot be reached. {string.Join(". ", attempts.Select(attempt => $"{attempt.Uri.GetLeftPart(UriPartial.Path)}: {attempt.Reason}"))}.")
    {
        Operation = Operation,
        Attempts = attempts,
    };
}
