using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Hosting;

// The options of serve for a server that people reach through something else.
internal sealed class ProxyOptions
{
    private readonly Option<string[]> _known = new("--known-proxy")
    {
        Description = "A reverse proxy, by address or network, whose X-Forwarded-For, -Proto and -Host are believed; may be repeated",
        HelpName = "address",
    };

    private readonly Option<Uri?> _publicUrl = new("--public-url")
    {
        Description = "The address that people reach the server under, where it is not --urls; links lead to it",
        HelpName = "url",
        CustomParser = ReadUrl,
    };

    public ProxyOptions() => _known.Validators.Add(result =>
    {
        foreach (var proxy in result.Tokens.Select(token => token.Value).Where(value => !IPAddress.TryParse(value, out _) && !IPNetwork.TryParse(value, out _)))
            result.AddError($"--known-proxy: \"{proxy}\" is neither an IP address nor a network such as 10.0.0.0/8.");
    });

    public IReadOnlyList<Option> All => [_known, _publicUrl];

    public void Configure(PlexAuthServerOptions options, Invocation invocation)
    {
        foreach (var proxy in invocation.Value(_known) ?? [])
            options.KnownProxies.Add(proxy);
        options.PublicUrl = invocation.Value(_publicUrl);
    }

    private static Uri? ReadUrl(ArgumentResult result)
    {
        var text = result.Tokens is [{ Value: var value }] ? value : "";
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp))
            return url;
        result.AddError($"--public-url: \"{text}\" is not an address. Write it as https://plex.example.com.");
        return null;
    }
}
