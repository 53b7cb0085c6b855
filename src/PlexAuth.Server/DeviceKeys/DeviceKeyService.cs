using Microsoft.Extensions.Logging;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.DeviceKeys.Issuer;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Randomness;
using PlexAuth.Server.Throttling;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.DeviceKeys;

/// <summary>Devices that sign in by a key of their own.</summary>
internal sealed partial class DeviceKeyService(
    Database database, IssuerKeyService issuer, TokenGate gate, TokenCache cache, RandomSource random, TimeProvider time, ILogger<DeviceKeyService> logger)
{
    private readonly CallPace<string> _nonces = new(time, TimeSpan.FromSeconds(6), burst: 10);
    private readonly CallPace<long> _registrations = new(time, TimeSpan.FromMinutes(12), burst: 5);

    /// <summary>A new key takes the place of the device's former one, whose tokens end with it.</summary>
    public async Task<DeviceKeyAnswer> RegisterAsync(TokenGrant grant, PlexJwk key, Actor actor, CancellationToken cancellationToken)
    {
        if (_registrations.Exceeded(grant.DeviceId) is { } wait)
            return new DeviceKeyAnswer.TooMany(wait);

        var registered = await database.WriteAsync(
            async session =>
            {
                if (!await RegisterAsync(session, grant.DeviceId, grant.ClientIdentifier, key))
                    return false;
                await SecurityEventStore.AddAsync(session, new(SecurityEventKind.DeviceKeyRegistered, grant.AccountId, actor) { Subject = key.Thumbprint }, time.GetUtcNow());
                return true;
            },
            cancellationToken);
        cache.Forget(kept => kept.DeviceId == grant.DeviceId && kept.Kind == PlexTokenKind.Jwt);
        Registered(grant.AccountId, grant.DeviceId, registered);
        return registered ? new DeviceKeyAnswer.Registered() : new DeviceKeyAnswer.Refused();
    }

    /// <summary>For a transaction of the caller's.</summary>
    /// <returns>False if the key is another device's.</returns>
    public async Task<bool> RegisterAsync(DatabaseSession session, long deviceId, string clientIdentifier, PlexJwk key)
    {
        if (await DeviceKeyStore.IsRegisteredAsync(session, deviceId, key))
            return true;
        if (!await DeviceKeyStore.RegisterAsync(session, deviceId, clientIdentifier, key, time.GetUtcNow()))
            return false;

        await TokenStore.DeleteAsync(session, deviceId, PlexTokenKind.Jwt);
        return true;
    }

    public async Task<DeviceKeyAnswer> CreateNonceAsync(string clientIdentifier, ClientNetwork network, CancellationToken cancellationToken) =>
        _nonces.Exceeded($"{clientIdentifier} {network.Address}") is { } wait
            ? new DeviceKeyAnswer.TooMany(wait)
            : new DeviceKeyAnswer.Nonce(
                await database.WriteAsync(session => NonceStore.CreateAsync(session, random, clientIdentifier, network, time.GetUtcNow()), cancellationToken));

    /// <summary>Gives a token for a device's own: signature, claims and times first, then its nonce and the new token in one transaction.</summary>
    public async Task<DeviceKeyAnswer> ExchangeAsync(string deviceJwt, string clientIdentifier, CancellationToken cancellationToken)
    {
        var answer = await ExamineAsync(deviceJwt, clientIdentifier, cancellationToken);
        Exchanged(clientIdentifier, answer.GetType().Name);
        return answer;
    }

    private async Task<DeviceKeyAnswer> ExamineAsync(string deviceJwt, string clientIdentifier, CancellationToken cancellationToken)
    {
        if (!PlexJwt.TryRead(deviceJwt, out var read) || read is not { KeyId: { } keyId, Claims.Nonce: { } nonce } || !DeviceJwt.HasKnownScopes(read))
            return new DeviceKeyAnswer.Refused();
        if (await database.ReadAsync(session => DeviceKeyStore.FindAsync(session, clientIdentifier, keyId), cancellationToken) is not { } device)
            return new DeviceKeyAnswer.Refused();
        if (DeviceJwt.Refusal(deviceJwt, device.ToKey(), clientIdentifier, time.GetUtcNow()) is { } refusal)
            return refusal;

        var signing = (await issuer.GetAsync(cancellationToken)).Signing;
        var request = new TokenRequest(PlexTokenKind.Jwt, device.AccountId, device.DeviceId) { Jwt = new(signing.Key, clientIdentifier, keyId, read.Claims) };
        return await database.WriteAsync<DeviceKeyAnswer>(
            async session =>
            {
                var used = await NonceStore.UseAsync(session, nonce, clientIdentifier, time.GetUtcNow());
                return used && await DeviceKeyStore.IsRegisteredAsync(session, device.DeviceId, device.ToKey()) && await gate.IssueAsync(session, request) is { } token
                    ? new DeviceKeyAnswer.Issued(token)
                    : new DeviceKeyAnswer.Refused();
            },
            cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Account {AccountId} registered a key for device {DeviceId}: {Accepted}")]
    private partial void Registered(int accountId, long deviceId, bool accepted);

    [LoggerMessage(Level = LogLevel.Information, Message = "Device {ClientIdentifier} brought a signed token: {Outcome}")]
    private partial void Exchanged(string clientIdentifier, string outcome);
}
