namespace PlexAuth.AspNetCore;

/// <summary>How a reverse proxy's questions are answered.</summary>
public sealed class PlexForwardAuthOptions
{
    /// <summary>This application's own address, as browsers see it, path base included: where whoever is not signed in is sent.</summary>
    /// <value>Null: they are answered 401, and the proxy's configuration sends them to the sign-in.</value>
    public Uri? PublicUrl { get; set; }

    /// <summary>
    /// The hosts that browsers are sent back to after the sign-in, such as <c>films.example.com</c>, or <c>*.example.com</c> for every name below it. Nobody is
    /// sent anywhere else.
    /// </summary>
    public IList<string> ReturnHosts { get; } = [];

    /// <summary>The scheme people sign in with.</summary>
    /// <value><see cref="PlexDefaults.AuthenticationScheme"/>.</value>
    public string SignInScheme { get; set; } = PlexDefaults.AuthenticationScheme;
}
