using System.Security.Cryptography;
using PlexAuth.Internal.Http;

namespace PlexAuth.Internal.Pins;

/// <summary>Asks for one PIN until there is an answer or its time is over.</summary>
internal sealed class PinPoller
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(10);

    /// <summary>What plex.tv gives a code of 4 characters; for an answer that does not say.</summary>
    private static readonly TimeSpan UsualLifetime = TimeSpan.FromMinutes(15);

    /// <summary>A PIN gone this short before its end has timed out on a clock a little ahead of this one; nobody denied it.</summary>
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(5);

    private readonly PlexPinClient _pins;
    private readonly long _id;
    private readonly PlexSigningKey? _deviceKey;
    private readonly PlexCallOptions _given;
    private readonly PlexCallOptions _polling;
    private readonly ClientSettings _settings;
    private readonly TimeProvider _time;

    public PinPoller(PlexPinClient pins, PlexPin pin, PlexSigningKey? deviceKey, PlexCallOptions? options, ClientSettings settings)
    {
        _pins = pins;
        _id = pin.Id;
        _deviceKey = deviceKey;
        _settings = settings;
        _time = settings.TimeProvider;
        _given = options ?? new();

        // A question that will be asked again anyway: no retries, and no waiting for an answer that does not come.
        _polling = _given with { Retry = PlexRetry.None, Timeout = LongestPoll, Token = null };
        ExpiresAt = _time.GetUtcNow() + (pin.ExpiresIn ?? UsualLifetime);
    }

    public DateTimeOffset ExpiresAt { get; }

    public async Task<PlexToken> WaitAsync(CancellationToken cancellationToken)
    {
        using var observation = new CallObservation(Operation.PinWait, _settings);
        try
        {
            var token = await AskUntilDecidedAsync(cancellationToken).ConfigureAwait(false);
            observation.Succeeded();
            return token;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            observation.Failed(e);
            throw;
        }
    }

    public PlexCallOptions OptionsFor(PlexToken token) => _given with { Token = token };

    private async Task<PlexToken> AskUntilDecidedAsync(CancellationToken cancellationToken)
    {
        for (var interval = Interval; ;)
        {
            var (token, trouble) = await AskAsync(cancellationToken).ConfigureAwait(false);
            if (token is { } given)
                return given;

            var left = ExpiresAt - _time.GetUtcNow();
            if (left <= TimeSpan.Zero)
                throw Expired(trouble);

            interval = trouble is null ? Interval : Shorter(interval * 2, LongestInterval);
            await Task.Delay(Shorter(Jittered(RetryAfter(trouble) ?? interval), left), _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(PlexToken? Token, PlexException? Trouble)> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            var pin = await _pins.PollAsync(_id, _deviceKey, _polling, cancellationToken).ConfigureAwait(false);
            return (pin.AuthToken, null);
        }
        catch (PlexException trouble) when (trouble is PlexNetworkException or PlexServerException or PlexRateLimitedException or PlexProtocolException)
        {
            return (null, trouble);
        }
        catch (PlexPinExpiredException gone) when (_time.GetUtcNow() < ExpiresAt - ClockTolerance)
        {
            throw Denied(gone);
        }
        catch (PlexException refused) when (refused is PlexUnauthorizedException or PlexForbiddenException)
        {
            throw Denied(refused);
        }
    }

    private static PlexPinDeniedException Denied(PlexException cause) =>
        new("The sign-in was denied, or its PIN was withdrawn. Start another one if that was a mistake.", cause) { Facts = cause.Facts };

    private static PlexPinExpiredException Expired(PlexException? trouble)
    {
        var message = trouble is null
            ? "Nobody confirmed the PIN before it expired. Start the sign-in again for a new code."
            : "The PIN expired while the account service could not be asked. Check the connection, then start the sign-in again.";
        return new(message, trouble) { Operation = Operation.PinCheck.Name };
    }

    private static TimeSpan? RetryAfter(PlexException? trouble) => trouble switch
    {
        PlexRateLimitedException { RetryAfter: { } asked } when asked > Interval => asked,
        PlexServerException { RetryAfter: { } asked } when asked > Interval => asked,
        _ => null,
    };

    /// <summary>Up to a quarter longer, never shorter: services tolerate one question a second.</summary>
    private static TimeSpan Jittered(TimeSpan wait) => wait * (1 + RandomNumberGenerator.GetInt32(0, 251) / 1000.0);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
