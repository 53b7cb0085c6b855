using Microsoft.Extensions.Options;

namespace PlexAuth.Internal.Http;

/// <summary>What must hold before a client is made; the same rules by hand and at the start of a host.</summary>
internal sealed class ClientOptionsRules : IValidateOptions<PlexClientOptions>
{
    public ValidateOptionsResult Validate(string? name, PlexClientOptions options) =>
        FirstFailure(options) is { } failure ? ValidateOptionsResult.Fail(failure) : ValidateOptionsResult.Success;

    public static string? FirstFailure(PlexClientOptions options) => options switch
    {
        { Identity: null } =>
            "PlexClientOptions.Identity is not set. Plex refuses calls without a client identifier: new PlexClientIdentity(\"<a stable id of this installation>\", \"<your app>\").",
        { AccountUrl: null } => "PlexClientOptions.AccountUrl is null; its default is https://plex.tv/api/v2.",
        { Retry: null } => "PlexClientOptions.Retry is null; use PlexRetry.None for no retries.",
        { TimeProvider: null } => "PlexClientOptions.TimeProvider is null; its default is TimeProvider.System.",
        _ when !IsTimeout(options.Timeout) => "PlexClientOptions.Timeout is neither positive (24 days at most) nor Timeout.InfiniteTimeSpan.",
        _ => AddressFailure(options.AccountUrl, "PlexClientOptions.AccountUrl")
            ?? (options.ServerUrl is null ? null : AddressFailure(options.ServerUrl, "PlexClientOptions.ServerUrl"))
            ?? (options.AuthPageUrl is null ? null : AddressFailure(options.AuthPageUrl, "PlexClientOptions.AuthPageUrl")),
    };

    public static string? AddressFailure(Uri address, string option)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            return $"{option} is not an absolute http or https address.";
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            return $"{option} has a user, a query or a fragment; give scheme, host, port and path only.";

        return null;
    }

    public static bool IsTimeout(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan || (timeout > TimeSpan.Zero && timeout <= TimeSpan.FromMilliseconds(int.MaxValue));
}
