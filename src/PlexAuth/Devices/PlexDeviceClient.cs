using System.Globalization;
using PlexAuth.Internal.Http;
using PlexAuth.Internal.Json;

namespace PlexAuth;

/// <summary>The devices that are signed in to the account. Get it from <see cref="PlexClient.Devices"/>; thread-safe.</summary>
/// <remarks>Failures are those of <see cref="PlexAuthenticationClient"/>.</remarks>
public sealed class PlexDeviceClient
{
    private readonly Transport _transport;

    internal PlexDeviceClient(Transport transport) => _transport = transport;

    /// <summary>Lists the account's devices (<c>GET /devices.xml</c>), media servers among them.</summary>
    public async Task<IReadOnlyList<PlexDevice>> ListAsync(PlexCallOptions? options = null, CancellationToken cancellationToken = default) =>
        await _transport.SendAsync(new Call(Operation.DeviceList, options) { Item = ".xml" }, PlexDevice.ReadList, cancellationToken).ConfigureAwait(false);

    /// <summary>Signs a device out (<c>DELETE /devices/{id}.xml</c>): its tokens are refused from then on. Removing the calling device signs this client out.</summary>
    /// <param name="id"><see cref="PlexDevice.Id"/>.</param>
    /// <param name="options">What this call does differently.</param>
    /// <param name="cancellationToken">Ends the call; the device may have been removed all the same.</param>
    /// <exception cref="PlexNotFoundException">The account has no such device, or no longer.</exception>
    public Task RemoveAsync(long id, PlexCallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(id);
        var call = new Call(Operation.DeviceRemoval, options) { Item = string.Create(CultureInfo.InvariantCulture, $"/{id}.xml") };
        return _transport.SendAsync(call, Answer.Anything, cancellationToken);
    }
}
