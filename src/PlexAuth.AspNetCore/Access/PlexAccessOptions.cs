namespace PlexAuth.AspNetCore;

/// <summary>How access to media servers is checked.</summary>
public sealed class PlexAccessOptions
{
    /// <summary>The server that policies without one of their own are about: its <c>machineIdentifier</c>, 40 hexadecimal digits that it tells at <c>/identity</c>.</summary>
    public string? MachineIdentifier { get; set; }

    /// <summary>How long the account service's answers serve.</summary>
    public PlexCacheOptions Cache { get; } = new();
}
