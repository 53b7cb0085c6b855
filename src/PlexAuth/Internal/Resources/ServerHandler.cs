using PlexAuth.Internal.Http;

namespace PlexAuth.Internal.Resources;

/// <summary>Puts a server's token and the identity into each request to that server, and lets no request go anywhere else.</summary>
internal sealed class ServerHandler(Uri server, PlexServerToken token, ClientSettings settings) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Prepare(request);
        return base.SendAsync(request, cancellationToken);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Prepare(request);
        return base.Send(request, cancellationToken);
    }

    private void Prepare(HttpRequestMessage request)
    {
        if (Uri.Compare(request.RequestUri, server, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) != 0)
            throw new InvalidOperationException($"This HttpClient carries the token of {server.GetLeftPart(UriPartial.Authority)} and goes nowhere else. Use another one for other addresses.");

        var headers = request.Headers;
        if (!headers.Contains("Accept"))
            headers.TryAddWithoutValidation("Accept", settings.Format == PlexFormat.Xml ? "application/xml" : "application/json");
        if (!headers.Contains(PlexHeaders.ClientIdentifier))
            settings.IdentityHeaders.AddTo(request);
        if (!headers.Contains(PlexHeaders.Token))
            headers.TryAddWithoutValidation(PlexHeaders.Token, token.Reveal());
    }
}
