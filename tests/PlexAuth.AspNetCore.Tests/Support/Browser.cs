using System.Net;

namespace PlexAuth.AspNetCore.Tests;

/// <summary>A browser that keeps cookies and shows where it is sent.</summary>
internal sealed class Browser : IDisposable
{
    private readonly HttpClient _http;

    public Browser(Uri address, params (string Name, string Value)[] headers)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = address };
        foreach (var (name, value) in headers)
            _http.DefaultRequestHeaders.Add(name, value);
    }

    public CookieContainer Cookies { get; } = new();

    public async Task<Page> GetAsync(string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        return new Page(
            response.StatusCode,
            response.Headers.Location?.OriginalString ?? "",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Asks the application to sign in, up to the page where the person decides.</summary>
    public async Task<SignInPage> StartSignInAsync(string path = "/signin")
    {
        var page = await GetAsync(path);
        page.Status.ShouldBe(HttpStatusCode.Redirect, page.Body);
        return new SignInPage(page.Location);
    }

    /// <summary>Signs in all the way.</summary>
    public async Task SignInAsync(AccountStub plex, Person person)
    {
        var signIn = await StartSignInAsync();
        plex[signIn.Code].AllowedBy = person;
        (await GetAsync(signIn.ForwardUrl)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    public void Dispose() => _http.Dispose();

    internal sealed record Page(HttpStatusCode Status, string Location, string Body, IReadOnlyDictionary<string, string> Headers);

    /// <summary>The address of the sign-in page, taken apart as the page does.</summary>
    internal sealed record SignInPage(string Address)
    {
        private readonly Dictionary<string, string> _fields = Address.Split("#?")[1].Split('&').Select(field => field.Split('='))
            .ToDictionary(field => Uri.UnescapeDataString(field[0]), field => Uri.UnescapeDataString(field[1]));

        public string Code => _fields["code"];

        public string ForwardUrl => _fields["forwardUrl"];

        public string Field(string name) => _fields[name];
    }
}
