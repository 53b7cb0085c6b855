using Microsoft.AspNetCore.Http;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Http.Answers;

/// <summary>Refusals to somebody who is signed in and did not confirm who they are. Never 401, by which clients would throw their good token away.</summary>
internal static class Confirmations
{
    private static readonly PlexErrorCode PasswordRequired = new(1040);

    public static PlexResult Refused(PlexRequest call, PlexErrorCode code, TimeSpan? retryAfter = null)
    {
        if (code == PlexErrorCode.Unauthorized)
            return PlexResult.Refused(call, PasswordRequired);
        var refusal = Refusal.For(code);
        var status = code == PlexErrorCode.LockedOut ? StatusCodes.Status429TooManyRequests
            : refusal.Status == StatusCodes.Status401Unauthorized ? StatusCodes.Status403Forbidden
            : refusal.Status;
        return PlexResult.Refused(call, refusal with { Status = status }, retryAfter);
    }
}
