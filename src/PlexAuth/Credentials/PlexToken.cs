using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace PlexAuth;

/// <summary>A secret that Plex services accept in <c>X-Plex-Token</c>.</summary>
/// <remarks>
/// Nothing but <see cref="Reveal"/> shows the value: not <see cref="ToString"/>, a debugger or a serialiser. No length or alphabet is assumed; tokens of
/// 20 and 24 characters, transient tokens and JWTs of some 500 are in use. The default value holds no token and refuses to be revealed.
/// </remarks>
[DebuggerDisplay("PlexToken(***)")]
public readonly struct PlexToken : IEquatable<PlexToken>
{
    private readonly string? _value;

    /// <summary>Wraps a token.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty, or has a character outside printable ASCII or a space, which no header can carry.</exception>
    public PlexToken(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        if (value.AsSpan().ContainsAnyExceptInRange('!', '~'))
            throw new ArgumentException("A Plex token has only printable ASCII characters and no spaces: check for a stray line end or quotation mark.", nameof(value));

        _value = value;
    }

    /// <summary>Returns the secret itself, to be sent or stored, never to be logged.</summary>
    /// <exception cref="InvalidOperationException">This is the default value.</exception>
    public string Reveal() => _value ?? throw new InvalidOperationException("This PlexToken holds no token.");

    /// <summary>Compares in a time that depends only on the lengths.</summary>
    public bool Equals(PlexToken other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(_value ?? ""), Encoding.ASCII.GetBytes(other._value ?? ""));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PlexToken other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value is null ? 0 : string.GetHashCode(_value, StringComparison.Ordinal);

    /// <summary>Always <c>PlexToken(***)</c>.</summary>
    public override string ToString() => "PlexToken(***)";

    /// <summary>Same token.</summary>
    public static bool operator ==(PlexToken left, PlexToken right) => left.Equals(right);

    /// <summary>Another token.</summary>
    public static bool operator !=(PlexToken left, PlexToken right) => !left.Equals(right);
}
