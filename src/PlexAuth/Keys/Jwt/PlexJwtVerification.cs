using System.Diagnostics.CodeAnalysis;

namespace PlexAuth;

/// <summary>How a token fared. The order is that of the checks: every later status means that all earlier ones passed.</summary>
public enum PlexJwtStatus
{
    /// <summary>Not a signed EdDSA token of the exact shape; nothing in it means anything.</summary>
    Malformed,

    /// <summary>None of the keys has the token's <c>kid</c>. A client fetches the issuer's keys anew, once.</summary>
    UnknownKey,

    /// <summary>The key did not sign this.</summary>
    WrongSignature,

    /// <summary>Signed, but by order of somebody else.</summary>
    WrongIssuer,

    /// <summary>Signed, but meant for somebody else.</summary>
    WrongAudience,

    /// <summary>Signed for longer than <see cref="PlexJwtRules.MaximumLifetime"/>.</summary>
    TooLongLived,

    /// <summary>Signed with a time in the future: one of the two clocks is wrong.</summary>
    NotYetValid,

    /// <summary>Right in everything but its age: the only case that Plex answers with HTTP 498, for which the cure is a new token.</summary>
    Expired,

    /// <summary>Right in everything.</summary>
    Valid,
}

/// <summary>The answer of <see cref="PlexJwt.Verify"/>.</summary>
public sealed class PlexJwtVerification
{
    internal PlexJwtVerification(PlexJwtStatus status, string? problem, PlexJwt? jwt = null) => (Status, Problem, Jwt) = (status, problem, jwt);

    /// <summary>What was found.</summary>
    public PlexJwtStatus Status { get; }

    /// <summary>Whether <see cref="Status"/> is <see cref="PlexJwtStatus.Valid"/>.</summary>
    [MemberNotNullWhen(true, nameof(Jwt))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool IsValid => Jwt is not null;

    /// <summary>The token with its claims, only if it is valid: what is not proven cannot be used by mistake.</summary>
    public PlexJwt? Jwt { get; }

    /// <summary>For a log or a terminal: why the token is not valid, without any part of it. A server does not tell its caller.</summary>
    public string? Problem { get; }

    /// <summary>The status; nothing of the token.</summary>
    public override string ToString() => $"PlexJwtVerification({Status})";
}
