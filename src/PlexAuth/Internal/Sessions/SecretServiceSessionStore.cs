using System.Text;

namespace PlexAuth.Internal.Sessions;

/// <summary>Sessions as items of the desktop's secret store, found by the attributes <c>plexauth</c> (the product) and <c>profile</c>.</summary>
internal sealed class SecretServiceSessionStore(SecretTool tool, string product) : PlexSessionStore
{
    private const string ProfileLine = "attribute.profile = ";

    public override async ValueTask<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken = default)
    {
        var (_, output, error) = await tool.RunAsync("", cancellationToken, "search", "--all", "plexauth", product).ConfigureAwait(false);

        // Which of the two streams the attributes are on differs between versions.
        return [.. $"{output}\n{error}".Split('\n').Where(line => line.StartsWith(ProfileLine, StringComparison.Ordinal))
            .Select(line => line[ProfileLine.Length..].Trim()).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    public override async ValueTask<PlexSession?> LoadAsync(string profile = DefaultProfile, CancellationToken cancellationToken = default)
    {
        var (code, output, error) = await tool.RunAsync("", cancellationToken, "lookup", "plexauth", product, "profile", CheckProfile(profile)).ConfigureAwait(false);
        if (code != 0 && error.Length > 0)
            throw Failed(error);
        if (output.Length == 0)
            return null;

        try
        {
            return SessionText.Read(Encoding.UTF8.GetBytes(output));
        }
        catch (FormatException exception)
        {
            throw new InvalidDataException($"The secret store's item for {product}, profile {profile}, does not hold a session: {exception.Message} Remove it and sign in again.", exception);
        }
    }

    protected override async ValueTask WriteAsync(string profile, PlexSession? session, CancellationToken cancellationToken)
    {
        string[] attributes = ["plexauth", product, "profile", CheckProfile(profile)];
        var (code, _, error) = session is null
            ? await tool.RunAsync("", cancellationToken, ["clear", .. attributes]).ConfigureAwait(false)
            : await tool.RunAsync(Encoding.UTF8.GetString(SessionText.Write(session)), cancellationToken, ["store", $"--label={product} ({profile})", .. attributes]).ConfigureAwait(false);
        if (code != 0 && (session is not null || error.Length > 0))
            throw Failed(error);
    }

    private static IOException Failed(string error) => new($"The secret store could not be used: {error.Trim()} Unlock it, or keep sessions in a directory.");
}
