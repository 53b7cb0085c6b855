namespace PlexAuth.Server.Http.Answers;

/// <summary>A refusal as the account service says it.</summary>
internal sealed record Refusal(PlexErrorCode Code, int Status, string Message)
{
    // Messages as plex.tv sends them. Clients search "verification code" in a 401 to ask for the second factor.
    private static readonly Dictionary<PlexErrorCode, Refusal> Catalogue = new Refusal[]
    {
        new(PlexErrorCode.ClientIdentifierMissing, 400, "X-Plex-Client-Identifier is missing"),
        new(PlexErrorCode.Unauthorized, 401, "User could not be authenticated"),
        new(PlexErrorCode.NotFound, 404, "The requested resource or endpoint could not be found"),
        new(PlexErrorCode.RateLimited, 429, "API rate limit exceeded"),
        new(PlexErrorCode.BadRequest, 400, "The request was malformed, missed a required parameter or contained invalid values for them"),
        new(PlexErrorCode.MethodNotAllowed, 405, "The request method is not allowed for this endpoint"),
        new(PlexErrorCode.ServerError, 500, "Internal Server Error. Something went wrong on our end"),
        new(new PlexErrorCode(1008), 422, "The action you are trying to perform is impossible with the entity provided"),
        new(new PlexErrorCode(1025), 422, "Two-factor authentication is not enabled"),
        new(new PlexErrorCode(1026), 422, "Two-factor authentication has no secret yet. Begin anew"),
        new(new PlexErrorCode(1027), 422, "Two-factor authentication is already enabled"),
        new(new PlexErrorCode(1032), 422, "The password is too short"),
        new(new PlexErrorCode(1033), 422, "The password is too weak"),
        new(new PlexErrorCode(1034), 422, "The password must not be the username or e-mail address"),
        new(new PlexErrorCode(1038), 400, "The PIN must have 4 digits"),
        new(new PlexErrorCode(1040), 403, "A valid password is required to perform this action"),
        new(PlexErrorCode.ManagedUserNotAllowed, 403, "Managed users aren't allowed to perform this action"),
        new(PlexErrorCode.ServiceUnavailable, 503, "The service cannot handle the request"),
        new(PlexErrorCode.PinNotFound, 404, "Code not found or expired"),
        new(PlexErrorCode.VerificationCodeInvalid, 401, "Invalid verification code"),
        new(PlexErrorCode.VerificationCodeRequired, 401, "Please enter the verification code"),
        new(PlexErrorCode.EmailOnly, 401, "User could not be authenticated. This account only allows signing in with email address"),
        new(PlexErrorCode.LockedOut, 401, "User could not be authenticated. This IP appears to be having trouble signing in to an account (detected repeated failures)"),
        new(PlexErrorCode.HomePinRequired, 403, "A valid PIN is required to perform this action"),
        new(PlexErrorCode.NotPermitted, 403, "You are not permitted to perform this action"),
    }.ToDictionary(error => error.Code);

    /// <summary>498, which is no status of HTTP's: a signed token that was good and has run out.</summary>
    public static Refusal TokenExpired { get; } = new(PlexErrorCode.Unauthorized, 498, "The token has expired");

    /// <summary>Says nothing about which check failed.</summary>
    public static Refusal KeyOrTokenRefused { get; } = new(PlexErrorCode.BadRequest, 422, "The key or signed token could not be accepted");

    public static Refusal For(PlexErrorCode code) =>
        Catalogue.TryGetValue(code, out var error) ? error : throw new ArgumentOutOfRangeException(nameof(code), code, "Add the code, its status and message to the catalogue.");

    /// <summary>A malformed call that HTTP has a status of its own for, such as 413 or 415.</summary>
    public static Refusal Malformed(int status) => For(PlexErrorCode.BadRequest) with { Status = status };

    /// <summary>A code as the catalogue has it, or any other number.</summary>
    public static Refusal Of(PlexErrorCode code, int? status) =>
        Catalogue.TryGetValue(code, out var error) ? error with { Status = status ?? error.Status } : new(code, status ?? 400, $"Error {code}");

    /// <summary>The first of the catalogue with this status, which is the usual one.</summary>
    public static Refusal OfStatus(int status) => Catalogue.Values.OrderBy(error => error.Code.Value).FirstOrDefault(error => error.Status == status) switch
    {
        { } usual when usual.Code != PlexErrorCode.ClientIdentifierMissing => usual,
        _ => Of(status < 500 ? PlexErrorCode.BadRequest : PlexErrorCode.ServerError, status),
    };
}
