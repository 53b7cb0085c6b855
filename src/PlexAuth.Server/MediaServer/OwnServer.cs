using Microsoft.Extensions.Options;
using PlexAuth.Server.Data;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Personas;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.MediaServer;

/// <summary>The media server that this process plays.</summary>
internal sealed class OwnServer(Database database, RandomSource random, IOptions<PlexAuthServerOptions> options, TimeProvider time)
{
    private const int IdentifierLength = 40;
    private OwnServerRow? _row;

    public string MachineIdentifier => Row.MachineIdentifier;

    public string FriendlyName => Row.FriendlyName;

    private OwnServerRow Row => _row ?? throw new InvalidOperationException("The media server's identity is read when the server starts; this server has not been started.");

    /// <summary>The token of a claim at an account service elsewhere, sealed.</summary>
    public byte[]? SealedClaim => Row.SealedClaim;

    /// <summary>Whether somebody owns it. The first account may come from another process, so "not yet" is asked again.</summary>
    public async ValueTask<bool> IsClaimedAsync(CancellationToken cancellationToken)
    {
        if (!Row.IsClaimed)
            _row = await database.ReadAsync(SourceStore.FindOwnAsync, cancellationToken) ?? Row;
        return Row.IsClaimed;
    }

    /// <summary>Looks again who owns it.</summary>
    public async Task ReloadAsync(CancellationToken cancellationToken) => _row = await database.ReadAsync(SourceStore.FindOwnAsync, cancellationToken) ?? Row;

    /// <summary>Reads the identity, or makes it on the first start.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        var persona = !options.Value.DevPersonas ? default((string Identifier, string Name)?)
            : options.Value.AccountUrl is null ? (DevPersonas.LivingRoom, DevPersonas.LivingRoomName) : (DevPersonas.Attic, DevPersonas.AtticName);
        var wanted = options.Value.MachineIdentifier ?? persona?.Identifier;
        var name = options.Value.FriendlyName ?? persona?.Name ?? Environment.MachineName;
        if (wanted is not null && (wanted.Length != IdentifierLength || !wanted.All(char.IsAsciiHexDigitLower)))
            throw new InvalidOperationException($"PlexAuthServerOptions.MachineIdentifier must be {IdentifierLength} lower-case hexadecimal digits.");
        _row = await database.ReadAsync(SourceStore.FindOwnAsync, cancellationToken);
        if (_row is null || (_row.MachineIdentifier, _row.FriendlyName) != (wanted ?? _row.MachineIdentifier, name))
            await database.WriteAsync(session => WriteAsync(session, wanted, name), cancellationToken);
    }

    private async Task WriteAsync(DatabaseSession session, string? wanted, string name)
    {
        _row = await SourceStore.FindOwnAsync(session);
        var identifier = wanted ?? _row?.MachineIdentifier ?? random.Hex("machine identifier", IdentifierLength);
        if (_row is null)
            await SourceStore.InsertAsync(session, new(SourceName.Server, identifier), name, owner: null, own: true, time.GetUtcNow());
        else
            await SourceStore.SetOwnAsync(session, _row.MachineIdentifier, identifier, name);
        _row = await SourceStore.FindOwnAsync(session);
    }
}
