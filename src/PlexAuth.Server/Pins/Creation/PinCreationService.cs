using Microsoft.Extensions.Options;
using PlexAuth.Server.Data;
using PlexAuth.Server.DeviceKeys;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.Pins;

/// <summary>An app asks to be signed in.</summary>
/// <param name="Origin">Where the web page that asks comes from; null for anything but a browser.</param>
internal sealed record PinRequest(bool Strong, ClientIdentity Client, string? Origin, ClientNetwork Network)
{
    /// <summary>The key that the app will sign with from then on.</summary>
    public PlexJwk? DeviceKey { get; init; }
}

/// <summary>Makes PINs, each with a code that no other has.</summary>
internal sealed class PinCreationService(Database database, PinStore pins, RandomSource random, IOptions<PlexAuthServerOptions> options, TimeProvider time)
{
    private const int TriesOfOneLength = 5;
    private const int Tries = TriesOfOneLength + 4;
    private readonly PlexAuthPinOptions _options = options.Value.Pins;

    public Task<PinCreation> CreateAsync(PinRequest request, CancellationToken cancellationToken) => database.WriteAsync<PinCreation>(
        async session =>
        {
            var now = time.GetUtcNow();
            if (await PinCreationLimits.ExceededAsync(session, request, _options, now) is { } wait)
                return new PinCreation.TooMany(wait);
            if (request.DeviceKey is { } key && await DeviceKeyStore.IsTakenAsync(session, request.Client.ClientIdentifier, key))
                return new PinCreation.KeyRefused();

            for (var attempt = 0; attempt < Tries; attempt++)
            {
                var pin = Draw(request, longer: Math.Max(0, attempt - TriesOfOneLength + 1), now);
                if (await pins.InsertAsync(session, pin))
                    return new PinCreation.Created(pin);
            }

            throw new InvalidOperationException("No free PIN code was found; nearly all are taken.");
        },
        cancellationToken);

    private Pin Draw(PinRequest request, int longer, DateTimeOffset now) => new()
    {
        Id = PinCode.NewId(random),
        Code = request.Strong ? PinCode.NewStrong(random) : PinCode.NewShort(random, _options.ShortLength + longer),
        Client = request.Client,
        Origin = request.Origin,
        Network = request.Network,
        CreatedAt = now,
        DeviceKey = request.DeviceKey,
        ExpiresAt = now + (request.Strong ? _options.StrongLifetime : _options.ShortLifetime),
    };
}
