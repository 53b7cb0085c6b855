using PlexAuth.Server.Http.Description;

namespace PlexAuth.Server.SecondFactors;

/// <summary>How the API's description puts the second factor.</summary>
internal static class TwoFactorOperations
{
    private static readonly Parameter Password = new("password", "The account's password") { Required = true };
    private static readonly Parameter Code = new("verificationCode", "Six digits of the authenticator, or a backup code") { Required = true };
    private static readonly int[] Refused = [400, 401, 403, 422, 429, 503];

    public static Operation Begin { get; } = new("beginTwoFactor", "Makes a seed for an authenticator app; the second factor is not on yet")
    {
        Success = 201,
        Answer = wire => TwoFactorEndpoints.WriteBegun(wire, new TwoFactorAnswer.Begun("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "username@email.com")),
        Form = [Password],
        Refusals = Refused,
    };

    public static Operation Confirm { get; } = new("confirmTwoFactor", "Turns the second factor on with a first code, within an hour of beginning; answers ten backup codes, shown this once")
    {
        Answer = wire => TwoFactorEndpoints.WriteCodes(wire, new TwoFactorAnswer.CodesCreated([])),
        Form = [new("verificationCode", "Six digits of the authenticator") { Required = true }],
        Refusals = Refused,
    };

    public static Operation Disable { get; } = new("disableTwoFactor", "Turns the second factor off and forgets its backup codes") { Success = 204, Form = [Password, Code], Refusals = Refused };

    public static Operation CreateCodes { get; } = new("createBackupCodes", "Answers ten new backup codes, shown this once; the former ones no longer work")
    {
        Answer = wire => TwoFactorEndpoints.WriteCodes(wire, new TwoFactorAnswer.CodesCreated([])),
        Form = [Password, Code],
        Refusals = Refused,
    };
}
