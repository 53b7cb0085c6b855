namespace PlexAuth.Internal.Credentials;

internal sealed class EnvironmentCredential : PlexCredential
{
    private const string Variable = "PLEX_TOKEN";

    public override async ValueTask<PlexAccessToken> GetTokenAsync(PlexTokenRequest request, CancellationToken cancellationToken)
    {
        var text = await EnvironmentVariables.ReadAsync(Variable, cancellationToken).ConfigureAwait(false)
            ?? throw new PlexSignInRequiredException($"Neither {Variable} nor {Variable}_FILE is set.");
        try
        {
            return new PlexAccessToken(new PlexToken(text));
        }
        catch (ArgumentException)
        {
#pragma warning disable MA0054 // Not passed on: it would add nothing but the parameter's name.
            throw new InvalidOperationException($"{Variable} holds no token: only printable ASCII characters without spaces. Check for quotation marks and line ends.");
#pragma warning restore MA0054
        }
    }
}
