namespace PlexAuth.AspNetCore;

/// <summary>How long answers of the account service serve. They are kept in memory, under the SHA-256 of the token and never the token.</summary>
public sealed class PlexCacheOptions
{
    /// <summary>How long a good answer is not asked for again; so long may a token that was revoked, or access that was withdrawn, still work here.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How much longer a good answer serves while the account service cannot be reached or fails. Never applies to a refusal.</summary>
    /// <value>1 hour. Zero: no longer.</value>
    public TimeSpan OutageGrace { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a token that was refused is refused without asking.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan RefusalLifetime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The most tokens with a good answer that are kept; the longest unused go first.</summary>
    /// <value>10,000.</value>
    public int MaxTokens { get; set; } = 10_000;

    /// <summary>The most refused tokens that are kept, apart from the good ones.</summary>
    /// <value>1,000.</value>
    public int MaxRefusedTokens { get; set; } = 1_000;

    internal void Validate()
    {
        if (Lifetime < TimeSpan.Zero || OutageGrace < TimeSpan.Zero || RefusalLifetime < TimeSpan.Zero || MaxTokens < 1 || MaxRefusedTokens < 1)
            throw new InvalidOperationException("PlexCacheOptions has a negative time or a capacity below 1.");
    }
}
