using Microsoft.Extensions.Options;

namespace PlexAuth.Server;

/// <summary>What must hold before a server starts, beside what is found out with the files and addresses themselves.</summary>
internal sealed class ServerOptionsRules : IValidateOptions<PlexAuthServerOptions>
{
    public ValidateOptionsResult Validate(string? name, PlexAuthServerOptions options)
    {
        var failures = Failures(options).Select(failure => $"{nameof(PlexAuthServerOptions)}.{failure}").ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(PlexAuthServerOptions options)
    {
        if (!IsAddress(options.AccountUrl))
            yield return "AccountUrl is not an absolute http or https address without user, query and fragment, such as https://plex.example.com/api/v2.";
        if (!IsAddress(options.PublicUrl))
            yield return "PublicUrl is not an absolute http or https address without user, query and fragment, such as https://plex.example.com.";
        if (!IsTimeout(options.RequestTimeout))
            yield return "RequestTimeout is neither positive (24 days at most) nor Timeout.InfiniteTimeSpan.";
        if (options.PasswordHashIterations < 1)
            yield return "PasswordHashIterations is less than 1; its default is 220,000.";
        if (options.MinPasswordLength < 1)
            yield return "MinPasswordLength is less than 1; its default is 8.";
        if (options.Pins.ShortLength is < 4 or > 8)
            yield return "Pins.ShortLength is not 4 to 8.";
        foreach (var (lifetime, pins) in ((TimeSpan, string)[])[(options.Pins.ShortLifetime, "ShortLifetime"), (options.Pins.StrongLifetime, "StrongLifetime")])
        {
            if (lifetime <= TimeSpan.Zero)
                yield return $"Pins.{pins} is not positive.";
        }

        foreach (var (limit, pins) in Limits(options.Pins))
        {
            if (limit < 1)
                yield return $"Pins.{pins} is less than 1, so that no PIN could be made.";
        }
    }

    private static (int Limit, string Name)[] Limits(PlexAuthPinOptions pins) =>
    [
        (pins.LivePerClient, nameof(pins.LivePerClient)), (pins.LivePerAddress, nameof(pins.LivePerAddress)),
        (pins.CreatedPerAddress, nameof(pins.CreatedPerAddress)), (pins.CreatedInAll, nameof(pins.CreatedInAll)),
        (pins.StrongLivePerClient, nameof(pins.StrongLivePerClient)), (pins.StrongCreatedPerAddress, nameof(pins.StrongCreatedPerAddress)),
    ];

    private static bool IsAddress(Uri? address) => address is null
        || (address is { IsAbsoluteUri: true, UserInfo.Length: 0, Query.Length: 0, Fragment.Length: 0 } && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp));

    private static bool IsTimeout(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan || (timeout > TimeSpan.Zero && timeout <= TimeSpan.FromMilliseconds(int.MaxValue));
}
