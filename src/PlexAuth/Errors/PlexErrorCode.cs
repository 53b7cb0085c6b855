using System.Globalization;

namespace PlexAuth;

/// <summary>A <c>code</c> of the account service's <c>errors[]</c>. The set is open: a code without a name here is kept as its number.</summary>
public readonly record struct PlexErrorCode(int Value)
{
    /// <summary>1000 (HTTP 400): X-Plex-Client-Identifier is missing.</summary>
    public static PlexErrorCode ClientIdentifierMissing { get; } = new(1000);

    /// <summary>1001 (401): user could not be authenticated; also a token that is not, or no longer, valid.</summary>
    public static PlexErrorCode Unauthorized { get; } = new(1001);

    /// <summary>1002 (404): no such resource or endpoint.</summary>
    public static PlexErrorCode NotFound { get; } = new(1002);

    /// <summary>1003 (429): rate limit exceeded.</summary>
    public static PlexErrorCode RateLimited { get; } = new(1003);

    /// <summary>1004 (400): malformed request, missing parameter or invalid value.</summary>
    public static PlexErrorCode BadRequest { get; } = new(1004);

    /// <summary>1005 (405): method not allowed for this endpoint.</summary>
    public static PlexErrorCode MethodNotAllowed { get; } = new(1005);

    /// <summary>1007 (500): internal server error.</summary>
    public static PlexErrorCode ServerError { get; } = new(1007);

    /// <summary>1009 (403): managed users may not do this.</summary>
    public static PlexErrorCode ManagedUserNotAllowed { get; } = new(1009);

    /// <summary>1013 (503): the service cannot handle the request now.</summary>
    public static PlexErrorCode ServiceUnavailable { get; } = new(1013);

    /// <summary>1020 (404): PIN code not found or expired.</summary>
    public static PlexErrorCode PinNotFound { get; } = new(1020);

    /// <summary>1028 (401): the verification code is wrong.</summary>
    public static PlexErrorCode VerificationCodeInvalid { get; } = new(1028);

    /// <summary>1029 (401): the account has a second factor and no verification code was sent.</summary>
    public static PlexErrorCode VerificationCodeRequired { get; } = new(1029);

    /// <summary>1030 (401): this account signs in with its e-mail address only.</summary>
    public static PlexErrorCode EmailOnly { get; } = new(1030);

    /// <summary>1031 (401): repeated failures from this IP address.</summary>
    public static PlexErrorCode LockedOut { get; } = new(1031);

    /// <summary>1041 (403): a valid Home PIN is required.</summary>
    public static PlexErrorCode HomePinRequired { get; } = new(1041);

    /// <summary>1046 (403): not permitted.</summary>
    public static PlexErrorCode NotPermitted { get; } = new(1046);

    /// <summary>The number.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
