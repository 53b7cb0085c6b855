using System.Diagnostics;

namespace PlexAuth;

/// <summary>A secret in an answer that is not a Plex token, such as the key of a linked service. Only <see cref="Reveal"/> shows it.</summary>
/// <remarks>The default value is the empty secret.</remarks>
[DebuggerDisplay("PlexSecret(***)")]
public readonly record struct PlexSecret
{
    private readonly string? _value;

    internal PlexSecret(string value) => _value = value;

    /// <summary>Returns the secret itself, to be used or stored, never to be logged.</summary>
    public string Reveal() => _value ?? "";

    /// <summary>Always <c>PlexSecret(***)</c>.</summary>
    public override string ToString() => "PlexSecret(***)";
}
