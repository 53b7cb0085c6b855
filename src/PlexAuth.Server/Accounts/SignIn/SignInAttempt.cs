using System.Net;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Accounts;

/// <summary>What someone sent to sign in.</summary>
internal sealed record SignInAttempt(string? Login, string? Password, string? VerificationCode, ClientIdentity Client, IPAddress? Address)
{
    public override string ToString() => "SignInAttempt(***)";
}
