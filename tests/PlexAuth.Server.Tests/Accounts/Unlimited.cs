using PlexAuth.Server.Throttling;

namespace PlexAuth.Server.Tests.Accounts;

/// <summary>For tests of what happens behind the throttling.</summary>
internal static class Unlimited
{
    private static readonly ThrottleRule None = new ThrottleRule.Budget(int.MaxValue, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

    public static SignInLimits SignIns { get; } = new() { Login = None, LoginFromKnownNetwork = None, Address = None, Network = None, Strangers = None, Code = None, CodeInDay = None };
}
