namespace PlexAuth.Internal.Http;

/// <summary>Makes the request of a call; a new one for each attempt, as a sent request cannot be sent again.</summary>
internal sealed class RequestFactory(ClientSettings settings)
{
    /// <exception cref="InvalidOperationException">No address, or one that cannot be called.</exception>
    public Uri AddressOf(Call call)
    {
        if (call.Options?.ServerUrl is { } given)
        {
            return ClientOptionsRules.AddressFailure(given, "PlexCallOptions.ServerUrl") is { } failure
                ? throw new InvalidOperationException(failure)
                : given;
        }

        return call.Operation.OnMediaServer
            ? settings.ServerUrl ?? throw new InvalidOperationException(
                $"The {call.Operation.Name} is asked of a media server: set PlexClientOptions.ServerUrl or PlexCallOptions.ServerUrl, such as https://192.168.1.10:32400.")
            : settings.AccountUrl;
    }

    public HttpRequestMessage Create(Call call, Uri address, PlexToken? token)
    {
        var request = new HttpRequestMessage(call.Method ?? call.Operation.Method, string.Concat(BaseOf(call, address), call.Operation.Path, call.Item + call.Query));
        request.Headers.TryAddWithoutValidation("Accept", (call.Options?.Format ?? settings.Format) == PlexFormat.Xml ? "application/xml" : "application/json");
        HeadersOf(call).AddTo(request);
        if (token is { } secret)
            request.Headers.TryAddWithoutValidation(PlexHeaders.Token, secret.Reveal());
        if (call.Origin is { } origin)
            request.Headers.TryAddWithoutValidation("Origin", origin);
        if (call.Form is { } form)
            request.Content = new FormUrlEncodedContent(form.Where(field => field.Value is not null)!);
        if (call.Json is { } json)
            request.Content = new ByteArrayContent(json) { Headers = { ContentType = new("application/json") } };

        return request;
    }

    private static ReadOnlySpan<char> BaseOf(Call call, Uri address)
    {
        const string VersionedPath = "/api/v2";
        var path = address.AbsoluteUri.AsSpan().TrimEnd('/');
        return call.Operation.AtRoot && path.EndsWith(VersionedPath, StringComparison.OrdinalIgnoreCase) ? path[..^VersionedPath.Length] : path;
    }

    private IdentityHeaders HeadersOf(Call call) =>
        call.Options?.Identity is { } other ? IdentityHeaders.Of(other) : settings.IdentityHeaders;
}
