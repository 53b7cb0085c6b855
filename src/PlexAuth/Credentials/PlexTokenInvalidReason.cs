namespace PlexAuth;

/// <summary>Why a token cannot be used any more. A person has to sign in again.</summary>
public enum PlexTokenInvalidReason
{
    /// <summary>The account service answered 401: the token was revoked, by a new password with "sign out everywhere" or in the list of devices.</summary>
    Revoked,

    /// <summary>The account service answered 498, and the credential had no newer token.</summary>
    Expired,

    /// <summary>The account service does not accept the device's key any more: the device was removed, or its key replaced.</summary>
    DeviceKeyRefused,
}
