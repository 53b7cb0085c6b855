using System.Diagnostics;

namespace PlexAuth;

/// <summary>A secret that one media server accepts from one account: <see cref="PlexResource.AccessToken"/>. Nothing that talks to the account service takes it.</summary>
/// <remarks>
/// It has a type of its own so that it cannot be mistaken for a <see cref="PlexToken"/>: an account's token shown to somebody else's server is in that
/// person's hands. As there, nothing but <see cref="Reveal"/> shows the value, and no length or alphabet is assumed.
/// </remarks>
[DebuggerDisplay("PlexServerToken(***)")]
public readonly struct PlexServerToken : IEquatable<PlexServerToken>
{
    private readonly PlexToken _token;

    /// <summary>Wraps a server's token, say one that was kept.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty, or has a character outside printable ASCII or a space, which no header can carry.</exception>
    public PlexServerToken(string value) => _token = new PlexToken(value);

    private PlexServerToken(PlexToken token) => _token = token;

    /// <summary>Returns the secret itself, to be stored, never to be logged or sent to any but its server.</summary>
    /// <exception cref="InvalidOperationException">This is the default value.</exception>
    public string Reveal() => _token.Reveal();

    /// <summary>Compares in a time that depends only on the lengths.</summary>
    public bool Equals(PlexServerToken other) => _token.Equals(other._token);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PlexServerToken other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _token.GetHashCode();

    /// <summary>Always <c>PlexServerToken(***)</c>.</summary>
    public override string ToString() => "PlexServerToken(***)";

    /// <summary>Same token.</summary>
    public static bool operator ==(PlexServerToken left, PlexServerToken right) => left.Equals(right);

    /// <summary>Another token.</summary>
    public static bool operator !=(PlexServerToken left, PlexServerToken right) => !left.Equals(right);

    internal static PlexServerToken? From(PlexToken? token) => token is { } given ? new PlexServerToken(given) : null;

    /// <summary>For the transport of a connection to that server, which sends it nowhere else.</summary>
    internal PlexToken AsSent() => _token;
}
