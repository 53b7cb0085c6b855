using System.Net;

namespace PlexAuth.Server.MediaServer.Sources;

/// <summary>A media server or provider that people can be connected to.</summary>
internal sealed record Source(SourceName Name, string DisplayName, bool IsOwn, IReadOnlyList<Connection> Connections)
{
    /// <summary>What another media server accepts from the caller.</summary>
    public PlexToken? CallersToken { get; init; }

    /// <summary>Where another media server called from when it last told where it is.</summary>
    public IPAddress? ReportedFrom { get; init; }
}

/// <summary>One way to reach a source.</summary>
internal sealed class Connection
{
    /// <summary><c>http</c> or <c>https</c>.</summary>
    public string Protocol { get; init; } = "";

    public string Address { get; init; } = "";

    public int Port { get; init; }

    public string Uri { get; init; } = "";

    /// <summary>In the server's own network.</summary>
    public bool Local { get; init; }

    public bool Relay { get; init; }

    public bool IPv6 => Address.Contains(':', StringComparison.Ordinal);
}
