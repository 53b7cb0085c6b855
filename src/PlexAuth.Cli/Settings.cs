using System.CommandLine;

namespace PlexAuth.Cli;

// What this call goes by: an option wins over the environment, the environment over the kept sign-in, that over the default.
internal sealed class Settings(Invocation invocation, GlobalOptions options)
{
    private static readonly Uri PlexTv = new("https://plex.tv/api/v2");

    public Uri AccountUrl(PlexSession? kept) => GivenAccountUrl() ?? kept?.AccountUrl ?? PlexTv;

    public Uri? GivenAccountUrl() => Address(options.AccountUrl, "PLEX_ACCOUNT_URL") is { } url ? url.AbsolutePath == "/" ? new Uri(url, "/api/v2") : url : null;

    public Uri? ServerUrl() => Address(options.ServerUrl, "PLEX_SERVER_URL");

    public TimeSpan Timeout() => invocation.Value(options.Timeout) ?? TimeSpan.FromSeconds(30);

    // The token of PLEX_TOKEN, which wins over the kept sign-in.
    public PlexToken? GivenToken()
    {
        if (invocation.Variables.Read("PLEX_TOKEN") is not { } value)
            return null;

        try
        {
            return new PlexToken(value);
        }
        catch (ArgumentException exception)
        {
            throw ToolException.Usage($"PLEX_TOKEN: {FirstLine(exception)}");
        }
    }

    // A token belongs to the identifier it was issued to: the kept sign-in's own goes with it.
    public PlexClientIdentity Identity(PlexSession? used)
    {
        var (value, source) =
            invocation.Value(options.ClientIdentifier) is { } option ? (option, "--client-identifier")
            : invocation.Variables.Read("PLEX_CLIENT_IDENTIFIER") is { } variable ? (variable, "PLEX_CLIENT_IDENTIFIER")
            : (used?.ClientIdentifier ?? KeptIdentifier(), "The kept client identifier");
        try
        {
            return new PlexClientIdentity(value, "plexauth")
            {
                Version = typeof(Settings).Assembly.GetName().Version?.ToString(3),
                Platform = OperatingSystem.IsWindows() ? "Windows" : OperatingSystem.IsMacOS() ? "macOS" : "Linux",
                DeviceName = Environment.MachineName,
            };
        }
        catch (ArgumentException exception)
        {
            throw ToolException.Usage($"{source}: {FirstLine(exception)}");
        }
    }

    private string KeptIdentifier() => PlexClientIdentity.ForThisInstallation("plexauth", invocation.Directories.State).ClientIdentifier;

    private Uri? Address(Option<string> option, string variable)
    {
        var (text, source) = invocation.Value(option) is { } value ? (value, option.Name) : (invocation.Variables.Read(variable), variable);
        if (text is null)
            return null;

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw ToolException.Usage($"{source}: '{text}' is not an http or https address, such as http://127.0.0.1:32400.");

        if (url.UserInfo.Length > 0 || url.Query.Length > 0 || url.Fragment.Length > 0)
            throw ToolException.Usage($"{source}: give the address alone, without a user, a query or a fragment.");

        if (url.Scheme == "http" && !url.IsLoopback)
            invocation.Output.Warn($"{url.GetLeftPart(UriPartial.Authority)} is not encrypted: whoever shares the network can read what is sent.");

        return url;
    }

    private static string FirstLine(ArgumentException exception) =>
        exception.ParamName is null ? exception.Message : exception.Message.Split(" (Parameter '")[0];
}
