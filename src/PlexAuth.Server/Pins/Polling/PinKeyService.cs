using PlexAuth.Server.Data;
using PlexAuth.Server.DeviceKeys;
using PlexAuth.Server.DeviceKeys.Issuer;
using PlexAuth.Server.Devices;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Pins;

/// <summary>The token of a PIN that came with a device key: for whoever signs with that key, which is registered by it.</summary>
/// <remarks>
/// A nonce is not asked for, as some clients send none: the PIN's id, its client identifier and the signature are proof enough, and the token is repeated at
/// every poll in any case.
/// </remarks>
internal sealed class PinKeyService(Database database, PinStore pins, DeviceKeyService deviceKeys, IssuerKeyService issuer, TokenGate gate, TimeProvider time)
{
    public async Task<PinPoll> ProveAsync(Pin pin, string? deviceJwt, CancellationToken cancellationToken)
    {
        if (pin.DeviceKey is not { } key)
            return new PinPoll.Found(pin);
        if (deviceJwt is null)
            return new PinPoll.Found(pin with { Token = null });
        if (!PlexJwt.TryRead(deviceJwt, out var proof) || !DeviceJwt.HasKnownScopes(proof))
            return new PinPoll.ProofRefused(new DeviceKeyAnswer.Refused());
        if (DeviceJwt.Refusal(deviceJwt, key, pin.Client.ClientIdentifier, time.GetUtcNow()) is { } refusal)
            return new PinPoll.ProofRefused(refusal);

        return pin is { AccountId: { } accountId, Token: null } ? await IssueAsync(pin, key, accountId, proof.Claims, cancellationToken) : new PinPoll.Found(pin);
    }

    private async Task<PinPoll> IssueAsync(Pin pin, PlexJwk key, int accountId, PlexJwtClaims asked, CancellationToken cancellationToken)
    {
        var signing = (await issuer.GetAsync(cancellationToken)).Signing;
        var client = pin.Client.ClientIdentifier;
        return await database.WriteAsync<PinPoll>(
            async session =>
            {
                // Two polls at once: the second finds the token of the first.
                if (await pins.FindAsync(session, pin.Id) is not { Token: null } current)
                    return await pins.FindAsync(session, pin.Id) is { } issued ? new PinPoll.Found(issued) : new PinPoll.Missing();
                if (await DeviceStore.FindAsync(session, accountId, client) is not { } device || !await deviceKeys.RegisterAsync(session, device, client, key))
                    return new PinPoll.ProofRefused(new DeviceKeyAnswer.Refused());

                var terms = new JwtTerms(signing.Key, client, key.KeyId ?? key.Thumbprint, asked);
                if (await gate.IssueAsync(session, new TokenRequest(PlexTokenKind.Jwt, accountId, device) { Jwt = terms }) is not { } token)
                    return new PinPoll.Missing();

                await pins.KeepTokenAsync(session, pin.Id, token);
                return new PinPoll.Found(current with { Token = token });
            },
            cancellationToken);
    }
}
