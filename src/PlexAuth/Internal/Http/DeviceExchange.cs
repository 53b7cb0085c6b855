using System.Net;

namespace PlexAuth.Internal.Http;

/// <summary>How one client's credentials turn device keys into tokens.</summary>
internal sealed class DeviceExchange(PlexKeyClient keys, ClientSettings settings)
{
    public DateTimeOffset Now => settings.TimeProvider.GetUtcNow();

    /// <summary>Whether the account service at <paramref name="accountUrl"/> is this client's.</summary>
    public bool IsFor(Uri accountUrl) => settings.IsAccountService(accountUrl);

    /// <exception cref="PlexUnauthorizedException">The service does not accept the key.</exception>
    public async Task<PlexAccessToken> GetTokenAsync(PlexSigningKey key, PlexClientIdentity client, IReadOnlyList<string> scopes, CancellationToken cancellationToken)
    {
        var options = new PlexCallOptions { Identity = client };
        try
        {
            return await keys.ExchangeForTokenAsync(key, scopes, options, cancellationToken).ConfigureAwait(false);
        }
        catch (PlexException e) when (e is { StatusCode: HttpStatusCode.UnprocessableEntity, Errors.Count: > 0 })
        {
            throw new PlexUnauthorizedException(
                "The account service does not accept this device's key: the device was removed from the account, or the key was never registered for this client " +
                "identifier. Sign in again and register the key.", e)
            {
                Facts = e.Facts,
                DeviceKeyRefused = true,
            };
        }
    }
}
