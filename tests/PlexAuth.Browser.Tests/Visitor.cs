using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace PlexAuth.Browser.Tests;

/// <summary>A person at a browser. Whatever the page complains of, and wherever it goes, is kept.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly PlexSite _site;
    private readonly IBrowserContext _context;

    public Visitor(PlexSite site, IBrowserContext context, IPage page)
    {
        (_site, _context, Page) = (site, context, page);
        page.PageError += (_, error) => Complaints.Enqueue(error);
        page.Dialog += (_, dialog) => Complaints.Enqueue($"dialog {dialog.Message}");
        page.Console += (_, message) =>
        {
            // A refused call is reported too, and is none of the page's faults.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                Complaints.Enqueue(message.Text);
        };
        page.FrameNavigated += (_, frame) => Visited.Enqueue(frame.Url);
    }

    public IPage Page { get; }

    public ConcurrentQueue<string> Complaints { get; } = new();

    public ConcurrentQueue<string> Visited { get; } = new();

    public async Task GoAsync(string address)
    {
        // A change of the fragment alone would not load the page.
        await Page.GotoAsync("about:blank");
        await Page.GotoAsync(address.StartsWith('/') ? new Uri(_site.Address, address).AbsoluteUri : address);
    }

    public async Task SignInAsync(string name, string? code = null)
    {
        await Page.Locator("#login").FillAsync(name);
        await Page.Locator("#password").FillAsync($"{name}-password");
        await Page.Locator("#password").PressAsync("Enter");
        if (code is null)
            return;

        await Page.Locator("#verification").FillAsync(code);
        await Page.Locator("#verification").PressAsync("Enter");
    }

    public Task ClickAsync(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).ClickAsync();

    /// <summary>Waits for the heading of a step and returns the step's text.</summary>
    public async Task<string> SeeAsync(string heading)
    {
        await Page.GetByRole(AriaRole.Heading, new() { Name = heading }).WaitForAsync();
        return await Page.Locator("[data-step]:visible").InnerTextAsync();
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
