using Microsoft.Playwright;

[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(PlexAuth.Browser.Tests.Chromium))]

namespace PlexAuth.Browser.Tests;

/// <summary>The machine's own Chromium without a window, one for all tests. Each visitor has a profile of their own in it.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    private readonly SemaphoreSlim _starting = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task<Visitor> VisitAsync(PlexSite site, string address = "203.0.113.10", BrowserNewContextOptions? options = null)
    {
        var browser = await StartAsync();
        options ??= new BrowserNewContextOptions();
        options.ExtraHTTPHeaders = [KeyValuePair.Create("X-Forwarded-For", address)];
        var context = await browser.NewContextAsync(options);
        context.SetDefaultTimeout(30_000);
        return new Visitor(site, context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _starting.Dispose();
    }

    private async Task<IBrowser> StartAsync()
    {
        var path = Find();
        Assert.SkipWhen(path is null, "Needs Chromium on the PATH: apt-get install chromium.");
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            if (_browser is { IsConnected: true })
                return _browser;
            return _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
        }
        finally
        {
            _starting.Release();
        }
    }

    private static string? Find() => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
}
