namespace PlexAuth.Internal;

/// <summary>The checks of a token whose signature is right; expiry is last, so that it is only found where nothing else is wrong.</summary>
internal static class JwtChecks
{
    public static (PlexJwtStatus Status, string Problem)? FindProblem(PlexJwtClaims claims, PlexJwtRules rules, DateTimeOffset now)
    {
        if (claims.Issuer != rules.Issuer)
            return (PlexJwtStatus.WrongIssuer, $"The token was not issued by {rules.Issuer}.");
        if (!claims.Audiences.Contains(rules.Audience, StringComparer.Ordinal))
            return (PlexJwtStatus.WrongAudience, $"The token is not meant for {rules.Audience}.");
        if (claims.ExpiresAt - claims.IssuedAt > rules.MaximumLifetime)
            return (PlexJwtStatus.TooLongLived, $"The token is meant to last longer than the {rules.MaximumLifetime} allowed.");
        if (claims.IssuedAt - now > rules.Leeway || claims.NotBefore - now > rules.Leeway)
            return (PlexJwtStatus.NotYetValid, "The token is from the future: check the clocks.");

        return now - claims.ExpiresAt >= rules.Leeway ? (PlexJwtStatus.Expired, $"The token expired at {claims.ExpiresAt:u}.") : null;
    }
}
