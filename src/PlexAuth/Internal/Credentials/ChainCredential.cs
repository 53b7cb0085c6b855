namespace PlexAuth.Internal.Credentials;

internal sealed class ChainCredential(PlexCredential[] credentials) : PlexCredential
{
    public override async ValueTask<PlexAccessToken> GetTokenAsync(PlexTokenRequest request, CancellationToken cancellationToken)
    {
        var missing = new List<string>(credentials.Length);
        foreach (var credential in credentials)
        {
            try
            {
                return await credential.GetTokenAsync(request, cancellationToken).ConfigureAwait(false);
            }
            catch (PlexSignInRequiredException unavailable)
            {
                missing.Add(unavailable.Message);
            }
        }

        throw new PlexSignInRequiredException($"None of the {credentials.Length} credentials has a token. {string.Join(' ', missing)}");
    }
}
