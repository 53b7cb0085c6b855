namespace PlexAuth.Tests.Pins;

internal static class Clients
{
    public static PlexClient Of(PinService service, Action<PlexClientOptions>? configure = null)
    {
        var options = new PlexClientOptions { Identity = new("my-app-7f3c", product: "My App"), AccountUrl = service.AccountUrl, Retry = PlexRetry.None };
        configure?.Invoke(options);
        return new PlexClient(options);
    }
}
