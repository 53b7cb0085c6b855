using Microsoft.AspNetCore.Http;
using PlexAuth.Server.Sessions;

namespace PlexAuth.Server.Pages;

/// <summary>Why a change to one's own account was refused, in words for the page.</summary>
internal static class OwnAccountProblem
{
    public static SessionProblem DeviceMissing { get; } = new(StatusCodes.Status404NotFound, "device_missing", "That device is not signed in, or no longer.");

    public static SessionProblem TooMany(TimeSpan wait) =>
        new(StatusCodes.Status429TooManyRequests, "rate_limited", "There were too many wrong tries. Wait a little, then try again.") { RetryAfter = wait };

    public static SessionProblem Of(PlexErrorCode code) => code.Value switch
    {
        1025 => new(StatusCodes.Status422UnprocessableEntity, "two_factor_off", "There is no second factor to change."),
        1026 => new(StatusCodes.Status422UnprocessableEntity, "enrolment_missing", "That took more than an hour. Begin again."),
        1027 => new(StatusCodes.Status422UnprocessableEntity, "two_factor_on", "The second factor is on already."),
        1028 => new(StatusCodes.Status403Forbidden, "verification_wrong", "That code is not right, or was used before. Wait for the next one."),
        1029 => new(StatusCodes.Status403Forbidden, "verification_required", "Enter your verification code."),
        1009 => SessionProblem.NotPermitted,
        _ => new(StatusCodes.Status403Forbidden, "password_wrong", "That is not your password."),
    };
}
