using Microsoft.AspNetCore.Http;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Throttling;

/// <summary>Keeps one caller from keeping this process busy. Against guessing there are budgets of their own, in the database.</summary>
/// <remarks>Calls from this computer are not counted: they come from people at it, from tests, or from a proxy that does not tell for whom it calls.</remarks>
internal sealed class RequestPace(TokenCache tokens, TimeProvider time)
{
    private readonly CallPace<string> _ofAddress = new(time, TimeSpan.FromSeconds(1) / 20, burst: 60);
    private readonly CallPace<string> _ofAdministrator = new(time, TimeSpan.FromSeconds(1) / 10, burst: 30);
    private readonly CallPace<TokenHash> _ofToken = new(time, TimeSpan.FromSeconds(1) / 50, burst: 100);
    private readonly CallPace<long> _mintedOf = new(time, TimeSpan.FromHours(1) / 30, burst: 30);

    /// <returns>How long to wait; null if the call may go on.</returns>
    public TimeSpan? Exceeded(HttpContext context, PlexRole role, string? token)
    {
        if (ClientNetwork.Of(context.Connection.RemoteIpAddress) is not { IsThisComputer: false } network)
            return null;
        if (role == PlexRole.Administration && _ofAdministrator.Exceeded(network.Address) is { } wait)
            return wait;

        // A token that was not found valid moments ago may be made up, so its call counts as its address's.
        return token is not null && TokenHash.Of(token) is var hash && tokens.Find(hash) is not null
            ? _ofToken.Exceeded(hash)
            : _ofAddress.Exceeded(network.Address);
    }

    /// <summary>For transient tokens made from <paramref name="parent"/>.</summary>
    /// <inheritdoc cref="Exceeded"/>
    public TimeSpan? MintExceeded(HttpContext context, TokenGrant parent) =>
        ClientNetwork.Of(context.Connection.RemoteIpAddress).IsThisComputer ? null : _mintedOf.Exceeded(parent.TokenId);
}
