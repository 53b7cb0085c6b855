namespace PlexAuth.AspNetCore.Accounts;

internal static class ServiceAddress
{
    /// <exception cref="InvalidOperationException">No client can be made for this address; said when the options are checked, rather than at the first call.</exception>
    public static void Check(Uri? address, string option)
    {
        if (address is not { IsAbsoluteUri: true } || address is not { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" })
            throw new InvalidOperationException($"{option} is not an absolute http or https address of scheme, host, port and path only.");
    }
}
