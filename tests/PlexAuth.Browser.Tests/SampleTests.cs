using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace PlexAuth.Browser.Tests;

/// <summary>samples/WebSignIn as it is, in its own process.</summary>
public sealed class SampleTests(Chromium chromium)
{
    [Fact]
    public async Task The_sample_signs_people_in_says_who_they_are_and_lets_friends_in()
    {
        await using var site = await PlexSite.StartAsync();
        await using var alice = await chromium.VisitAsync(site);
        await using var dave = await chromium.VisitAsync(site);
        using var sample = await Sample.StartAsync(site);

        await SignInAsync(alice, sample.Address, "alice");
        await SignInAsync(dave, sample.Address, "dave");

        (await FilmsAsync(alice)).ShouldContain("alice may use the media server.");
        (await dave.Page.GotoAsync($"{sample.Address}/films"))!.Status.ShouldBe(403);
        alice.Complaints.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_sample_takes_a_no_for_an_answer()
    {
        await using var site = await PlexSite.StartAsync();
        await using var visitor = await chromium.VisitAsync(site);
        using var sample = await Sample.StartAsync(site);

        await visitor.GoAsync($"{sample.Address}/sign-in");
        await visitor.SignInAsync("bob");
        await visitor.SeeAsync("Let WebSignIn sample use your account?");
        await visitor.ClickAsync("Deny");
        await visitor.SeeAsync("Request denied");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = $"Continue to {new Uri(sample.Address).Authority}" }).ClickAsync();

        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "Not signed in" }).WaitForAsync();
    }

    private static async Task SignInAsync(Visitor visitor, string address, string name)
    {
        await visitor.GoAsync(address);
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Sign in with Plex" }).ClickAsync();
        await visitor.SignInAsync(name);
        await visitor.SeeAsync("Let WebSignIn sample use your account?");
        await visitor.ClickAsync("Allow");
        await visitor.Page.GetByRole(AriaRole.Heading, new() { Name = $"Hello {name}" }).WaitForAsync();
    }

    private static async Task<string> FilmsAsync(Visitor visitor)
    {
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Films for friends" }).ClickAsync();
        return await visitor.Page.Locator("body").InnerTextAsync();
    }

    private sealed class Sample(Process process, string address) : IDisposable
    {
        private const string Listening = "Now listening on: ";

        public string Address => address;

        public static async Task<Sample> StartAsync(PlexSite site)
        {
            // Beside these tests' own output, built alike.
            var own = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
            var start = new ProcessStartInfo("dotnet", [Path.Combine(own.Parent!.Parent!.FullName, "WebSignIn", own.Name, "WebSignIn.dll")])
            {
                WorkingDirectory = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "samples", "WebSignIn"),
                UseShellExecute = false,
                RedirectStandardOutput = true,
            };
            start.Environment["Urls"] = "http://127.0.0.1:0";
            start.Environment["Plex__AccountUrl"] = $"{site.Address}api/v2";
            var process = Process.Start(start)!;
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
            {
                if (line.IndexOf(Listening, StringComparison.Ordinal) is var found and >= 0)
                    return new Sample(process, line[(found + Listening.Length)..].Trim());
            }

            throw new InvalidOperationException("The sample did not start.");
        }

        public void Dispose()
        {
            process.Kill();
            process.Dispose();
        }

        private static string ThisFile([CallerFilePath] string file = "") => file;
    }
}
