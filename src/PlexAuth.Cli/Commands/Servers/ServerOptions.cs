using System.CommandLine;

namespace PlexAuth.Cli.Commands.Servers;

// What every command that looks for a server accepts.
internal sealed class ServerOptions
{
    private readonly Option<bool> _allowHttp = new("--allow-http")
    {
        Description = "Also try plain http in the server's own network: others there can read its token",
        Arity = ArgumentArity.Zero,
    };

    private readonly Option<string[]> _addresses = new("--address") { Description = "Try this address too. May be given several times", HelpName = "url" };

    public void AddTo(Command command)
    {
        command.Options.Add(_allowHttp);
        command.Options.Add(_addresses);
    }

    public PlexConnectPolicy Policy(Invocation invocation) => new()
    {
        AllowHttp = invocation.Value(_allowHttp),
        Addresses = [.. (invocation.Value(_addresses) ?? []).Select(AddressOf)],
    };

    private static Uri AddressOf(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw ToolException.Usage($"--address: '{text}' is not an http or https address, such as https://media.example.com:32400.");
}
