namespace PlexAuth;

/// <summary>What one call does differently from its <see cref="PlexClientOptions"/>. Whatever is null is as the client has it.</summary>
public sealed record PlexCallOptions
{
    /// <summary>The address this call goes to, for account and media-server operations alike. The token is sent there: name only servers you trust with it.</summary>
    public Uri? ServerUrl { get; init; }

    /// <summary>When this call is made again.</summary>
    public PlexRetry? Retry { get; init; }

    /// <summary>The longest this call may take, retries included.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The format asked for.</summary>
    public PlexFormat? Format { get; init; }

    /// <summary>The token sent, and so the one examined by token details or revoked by sign-out, instead of the client's.</summary>
    public PlexToken? Token { get; init; }

    /// <summary>Who is calling.</summary>
    public PlexClientIdentity? Identity { get; init; }
}
