using System.Net;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.Cli.Serving;

// The addresses of --urls, checked before anything listens on them.
internal static class ListenAddresses
{
    public const string Default = "http://127.0.0.1:32400";

    public static IReadOnlyList<string> Parse(string urls, bool dev)
    {
        var addresses = urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (addresses.Length == 0)
            throw ToolException.Usage($"--urls: give at least one address, such as {Default}.");

        foreach (var address in addresses)
            Check(address, dev);
        return addresses;
    }

    private static void Check(string text, bool dev)
    {
        var address = Read(text);
        if (address.PathBase.Length > 0)
            throw ToolException.Usage($"--urls: '{text}' has a path. Give the address and the port alone.");

        if (address is { Host: "localhost", Port: 0 })
            throw ToolException.Usage("--urls: a free port cannot be had on localhost, which stands for two addresses. Use http://127.0.0.1:0.");

        if (dev && !IsLoopback(address.Host))
            throw ToolException.Usage(
                $"--urls: '{text}' can be reached from other machines. The dev server's passwords are public: it listens on loopback only, such as {Default}.");
    }

    private static BindingAddress Read(string text)
    {
        try
        {
            var address = BindingAddress.Parse(text);
            if (address.Scheme == "http" && !address.IsUnixPipe && !address.IsNamedPipe && address.Port is >= 0 and <= 65535)
                return address;
        }
        catch (FormatException)
        {
        }

        throw ToolException.Usage($"--urls: '{text}' is not an address to listen on. Write it as {Default}; for https put a proxy in front.");
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
