using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Accounts;

namespace PlexAuth.Server.Personas;

/// <summary>
/// The personas' passwords and PINs, hashed beforehand at the server's default cost. They are public, so nothing is given away, and a server with personas starts at once
/// instead of hashing for two seconds, while signing in costs what it costs in earnest.
/// </summary>
internal sealed class PersonaHashes(IPasswordHasher<Account> hasher, IOptions<PlexAuthServerOptions> options)
{
    private static readonly int Iterations = new PlexAuthServerOptions().PasswordHashIterations;

    private static readonly Dictionary<string, string> Precomputed = new(StringComparer.Ordinal)
    {
        ["alice-password"] = "AQAAAAIAA1tgAAAAEEjVymoTtioLGsKpiVka1bNKQ8Iw4aRlVnJJnvgfqD1rny3SADXQWDsuQ0ljDwriAA==",
        ["bob-password"] = "AQAAAAIAA1tgAAAAEFwwe4RYiUdtemiVPBdYUkxr6mLkYzc4n+t9zV0u+U7KdwCb12R0X7CO3TebDcheMg==",
        ["carol-password"] = "AQAAAAIAA1tgAAAAELe98Sv0KpCbUE9STlF44qat1PDHN/sK01AvzrQqKy4ZWBOWo+zezcyIchShk/CH8g==",
        ["dave-password"] = "AQAAAAIAA1tgAAAAEO807Q+6iHoYYOwK3vN+j0KSP2vhtUUBe2AIt4hTWqyZ6xCIgYsNnYsbBWAcscCjMQ==",
        ["frank-password"] = "AQAAAAIAA1tgAAAAEKoWi0MicbezUmE7bSuzeFJQb4C1fqf5q9Ur6kY+lQr3/aSwXI3Oj+vFVieEHSaMxA==",
        ["grace-password"] = "AQAAAAIAA1tgAAAAEHuPnP+xBQ3v/g5+5l55c0C8DgONIbCUAexS6ziGE1xkIW/dfyudLMMWhnqQfCxPFA==",
        ["heidi-password"] = "AQAAAAIAA1tgAAAAEI4um1EjFFJLlpKrGkqwBRXj7FY+2KSzN1PDdT0GriY4prrA5tgeVgvGEi23Ds3GAw==",
        ["1234"] = "AQAAAAIAA1tgAAAAEAEdmEr5yGSvTfntiezM2Zh5HMKXo0v5FMG/lqnbBQEGLnfL/anoXCDjTPp8fLirlQ==",
        ["4321"] = "AQAAAAIAA1tgAAAAEPts+Q/lCA3Tro0AnrUdYMQJ+49s9HfY2pO3PozFkHUe47/vUwFBOODlpJLH0xMDpA==",
    };

    /// <summary>Hashes here and now only for a server that was set to another cost, which is then a small one.</summary>
    public string Of(string secret) => options.Value.PasswordHashIterations == Iterations ? Precomputed[secret] : hasher.HashPassword(null!, secret);
}
