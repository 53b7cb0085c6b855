namespace PlexAuth.Internal.Pins;

/// <summary>Options of the calls a sign-in makes, taken from those it was started with.</summary>
internal static class PinCall
{
    public static PlexCallOptions With(PlexCallOptions? options, PlexClientIdentity? identity = null, PlexToken? token = null)
    {
        return new()
        {
            ServerUrl = options?.ServerUrl,
            Format = options?.Format,
            Retry = options?.Retry,
            Timeout = options?.Timeout,
            Token = token ?? options?.Token,
            Identity = identity ?? options?.Identity,
        };
    }

    /// <summary>A question that will be asked again anyway: no retries, and no waiting for an answer that does not come.</summary>
    public static PlexCallOptions ForPolling(PlexCallOptions? options, TimeSpan timeout)
    {
        return new()
        {
            ServerUrl = options?.ServerUrl,
            Format = options?.Format,
            Retry = PlexRetry.None,
            Timeout = timeout,
            Identity = options?.Identity,
        };
    }
}
