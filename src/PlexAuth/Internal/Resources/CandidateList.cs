using PlexAuth.Internal.Http;

namespace PlexAuth.Internal.Resources;

/// <summary>All addresses of one server, in the order of preference.</summary>
internal sealed class CandidateList(PlexResource resource, PlexConnectPolicy policy)
{
    private const int UsualPort = 32400;

    private readonly List<Candidate> _candidates = [];

    /// <summary>What the names in the server's certificate end in.</summary>
    private readonly string? _zone = resource.Connections.Select(one => one.Uri is { } uri ? PlexDirect.ZoneOf(uri.IdnHost) : null).FirstOrDefault(zone => zone is not null);

    public static IReadOnlyList<Candidate> Of(PlexResource resource, PlexConnectPolicy policy)
    {
        var list = new CandidateList(resource, policy);
        foreach (var address in policy.Addresses)
            list.Add(address, connection: null, PlexDirect.IsLocal(address.IdnHost));
        if (policy.TryLocalhost)
            list.AddLocalhost();
        foreach (var connection in resource.Connections)
            list.AddAdvertised(connection);

        return [.. list._candidates.DistinctBy(candidate => candidate.Uri).OrderBy(candidate => candidate.Rank)];
    }

    private void AddLocalhost()
    {
        var ports = resource.Connections.Where(one => one is { Local: true, Port: > 0 }).Select(one => one.Port).DefaultIfEmpty(UsualPort).Distinct();
        foreach (var port in ports)
        {
            AddHttps("127.0.0.1", port, connection: null, local: true);
            if (policy.AllowHttp)
                Add(AddressOf("http", "127.0.0.1", port), connection: null, local: true);
        }
    }

    private void AddAdvertised(PlexConnection connection)
    {
        if ((connection.Uri ?? AddressOf(connection.Protocol, connection.Address, connection.Port)) is not { } uri)
            return;

        Add(uri, connection, connection.Local);
        if (uri.Scheme == Uri.UriSchemeHttp)
            AddHttps(connection.Address, connection.Port, connection, connection.Local);
        else if (connection is { Local: true, Relay: false } && policy.AllowHttp)
            Add(AddressOf("http", connection.Address, connection.Port), connection, local: true);
    }

    /// <summary>The same address under the name that the server's certificate has for it.</summary>
    private void AddHttps(string address, int port, PlexConnection? connection, bool local)
    {
        if (PlexDirect.NameOf(address, _zone) is { } name)
            Add(AddressOf("https", name, port), connection, local);
    }

    private void Add(Uri? uri, PlexConnection? connection, bool local)
    {
        if (uri is null)
            return;

        var https = uri.IsAbsoluteUri && uri.Scheme == Uri.UriSchemeHttps;
        var rank = connection is { Relay: true } ? CandidateRank.Relay
            : !local ? CandidateRank.Remote
            : https ? CandidateRank.LocalHttps : CandidateRank.LocalHttp;
        _candidates.Add(new Candidate(uri, connection, rank) { Refusal = RefusalOf(uri, connection, https, rank) });
    }

    private string? RefusalOf(Uri uri, PlexConnection? connection, bool https, CandidateRank rank)
    {
        if (ClientOptionsRules.AddressFailure(uri, "It") is { } failure)
            return failure;
        if (rank == CandidateRank.Relay && !policy.AllowRelay)
            return "the relay is not allowed: see PlexConnectPolicy.AllowRelay";
        if (https)
            return null;
        if (resource.HttpsRequired)
            return "the server requires https";
        if (!policy.AllowHttp)
            return "plain http is not allowed for this server: see PlexConnectPolicy.AllowHttp";

        return connection is not null && !(connection.Local && PlexDirect.IsLocal(uri.IdnHost)) ? "plain http is for local addresses only" : null;
    }

    private static Uri? AddressOf(string scheme, string host, int port)
    {
        var literal = host.Contains(':', StringComparison.Ordinal) && !host.StartsWith('[') ? $"[{host}]" : host;
        return port is > 0 and <= ushort.MaxValue && Uri.TryCreate($"{scheme}://{literal}:{port}", UriKind.Absolute, out var uri) ? uri : null;
    }
}
