using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using PlexAuth.Server;

namespace PlexAuth.Cli.Commands.Administration;

// Over the network as the server's owner, whose token opens what is only read. Each change takes the password as well.
internal sealed class RemoteAdministration(Connection connection, OwnerProof proof) : IAdministration
{
    private const string Folder = "/plexauth/admin/";
    private const string VersionedPath = "/api/v2";
    private const int VerificationCodeInvalid = 1028;
    private const int VerificationCodeRequired = 1029;
    private const int PasswordWrong = 1040;
    private const int NotPermitted = 1046;

    // The server answers when all are in.
    private static readonly TimeSpan LongestImport = TimeSpan.FromMinutes(10);

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = connection.Timeout })
    {
        BaseAddress = AddressOf(connection.AccountUrl),
        Timeout = connection.Timeout,
        DefaultRequestHeaders = { { PlexHeaders.ClientIdentifier, connection.Identity.ClientIdentifier }, { PlexHeaders.Token, connection.RequireToken().Reveal() } },
    };

    private static Answers Json => Answers.Default;

    public Task<PlexAuthAccount> CreateAsync(string username, string email, string password, CancellationToken cancellationToken) => ChangeAsync(
        HttpMethod.Post, "accounts", new AdministrationForm { Username = username, Email = email, Password = password }, Json.PlexAuthAccount, cancellationToken);

    public Task<IReadOnlyList<PlexAuthAccountDetails>> ListAsync(CancellationToken cancellationToken) => ReadAsync("accounts", Json.IReadOnlyListPlexAuthAccountDetails, cancellationToken);

    public async Task<PlexAuthAccountDetails?> FindAsync(string login, CancellationToken cancellationToken) =>
        (await ReadAsync($"accounts?login={Uri.EscapeDataString(login)}", Json.IReadOnlyListPlexAuthAccountDetails, cancellationToken)).SingleOrDefault();

    public Task SetDisabledAsync(int accountId, bool disabled, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Put, Of(accountId, "disabled"), new AdministrationForm { Disabled = disabled }, Json.JsonElement, cancellationToken);

    public Task ResetPasswordAsync(int accountId, string password, bool disableTwoFactor, CancellationToken cancellationToken) =>
        ChangeAsync(HttpMethod.Put, Of(accountId, "password"), new AdministrationForm { Password = password, DisableTwoFactor = disableTwoFactor }, Json.JsonElement, cancellationToken);

    public Task<IReadOnlyList<PlexAuthDevice>> ListDevicesAsync(int accountId, CancellationToken cancellationToken) =>
        ReadAsync(Of(accountId, "devices"), Json.IReadOnlyListPlexAuthDevice, cancellationToken);

    public async Task<bool> RemoveDeviceAsync(int accountId, long deviceId, CancellationToken cancellationToken)
    {
        try
        {
            await ChangeAsync(HttpMethod.Delete, Of(accountId, string.Create(CultureInfo.InvariantCulture, $"devices/{deviceId}")), new(), Json.RemovedDevicesAnswer, cancellationToken);
            return true;
        }
        catch (RefusedException refused) when (refused.Status == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    public async Task<int> RemoveDevicesAsync(int accountId, CancellationToken cancellationToken) =>
        (await ChangeAsync(HttpMethod.Delete, Of(accountId, "devices"), new(), Json.RemovedDevicesAnswer, cancellationToken)).Removed;

    public Task<PlexAuthAccountFile> ExportAsync(CancellationToken cancellationToken) => ChangeAsync(HttpMethod.Post, "accounts/export", new(), Json.PlexAuthAccountFile, cancellationToken);

    public Task<IReadOnlyList<PlexAuthImportedAccount>> ImportAsync(PlexAuthAccountFile file, CancellationToken cancellationToken)
    {
        _http.Timeout = LongestImport;
        return ChangeAsync(HttpMethod.Post, "accounts/import", new AdministrationForm { File = file }, Json.IReadOnlyListPlexAuthImportedAccount, cancellationToken);
    }

    public Task<IReadOnlyList<PlexAuthSecurityEvent>> ReadAuditAsync(int? accountId, DateTimeOffset since, int limit, CancellationToken cancellationToken) => ReadAsync(
        string.Create(CultureInfo.InvariantCulture, $"events?since={Uri.EscapeDataString(since.ToString("O", CultureInfo.InvariantCulture))}&limit={limit}&account={accountId}"),
        Json.IReadOnlyListPlexAuthSecurityEvent,
        cancellationToken);

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        connection.Dispose();
        return ValueTask.CompletedTask;
    }

    // Beside the account service's own API.
    private static Uri AddressOf(Uri accountUrl)
    {
        var path = accountUrl.AbsolutePath.TrimEnd('/');
        return new Uri(accountUrl, (path.EndsWith(VersionedPath, StringComparison.OrdinalIgnoreCase) ? path[..^VersionedPath.Length] : path) + Folder);
    }

    private static string Of(int accountId, string what) => string.Create(CultureInfo.InvariantCulture, $"accounts/{accountId}/{what}");

    private Task<T> ReadAsync<T>(string path, JsonTypeInfo<T> shape, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, shape, cancellationToken);

    // Asks for a verification code where the owner turns out to have a second factor.
    private async Task<T> ChangeAsync<T>(HttpMethod method, string path, AdministrationForm form, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        form = form with { Confirmation = new(await proof.PasswordAsync(cancellationToken), VerificationCode: null) };
        try
        {
            return await SendAsync(method, path, form, shape, cancellationToken);
        }
        catch (RefusedException refused) when (refused.Code == VerificationCodeRequired)
        {
            var confirmation = form.Confirmation with { VerificationCode = await proof.CodeAsync(cancellationToken) };
            return await SendAsync(method, path, form with { Confirmation = confirmation }, shape, cancellationToken);
        }
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, AdministrationForm? form, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (form is not null)
            request.Content = JsonContent.Create(form, Json.AdministrationForm);
        try
        {
            using var response = await _http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw await RefusalAsync(response, cancellationToken);
            return response.StatusCode == HttpStatusCode.NoContent ? default! : await response.Content.ReadFromJsonAsync(shape, cancellationToken) ?? throw new JsonException();
        }
        catch (Exception exception) when (exception is JsonException or NotSupportedException)
        {
            throw NoAdministration();
        }
        catch (HttpRequestException exception)
        {
            throw new ToolException($"{_http.BaseAddress!.GetLeftPart(UriPartial.Authority)} cannot be reached ({exception.Message}). Check --account-url.", ExitCodes.Network);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ToolException("The server did not answer in time. What was asked may have happened all the same.", ExitCodes.Network);
        }
    }

    private async Task<ToolException> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/problem+json")
            return NoAdministration();
        var problem = await response.Content.ReadFromJsonAsync(Json.ProblemAnswer, cancellationToken);
        return new RefusedException(response.StatusCode, problem!.Code, Describe(response, problem));
    }

    private static string Describe(HttpResponseMessage response, ProblemAnswer problem) => (response.StatusCode, problem.Code) switch
    {
        (HttpStatusCode.Unauthorized, _) => "The sign-in is no longer valid. Sign in again with: plexauth signin",
        (_, NotPermitted) => "Only the account that owns the server may administer it.",
        (_, PasswordWrong) => "That is not your own password. Nothing was done.",
        (_, VerificationCodeInvalid) => "The verification code is not right, or was used before. Nothing was done.",
        _ when response.Headers.RetryAfter?.Delta is { } wait => $"{problem.Detail}. Try again in {wait.TotalSeconds} seconds.",
        _ => problem.Detail,
    };

    private ToolException NoAdministration() =>
        new($"{connection.AccountUrl} is no PlexAuth server that can be administered. Name its address with --account-url.");

    private sealed class RefusedException(HttpStatusCode status, int code, string message) : ToolException(message, ExitCodeOf(status))
    {
        public HttpStatusCode Status => status;

        public int Code => code;

        private static int ExitCodeOf(HttpStatusCode status) => status switch
        {
            HttpStatusCode.Unauthorized => ExitCodes.SignInNeeded,
            HttpStatusCode.Forbidden => ExitCodes.Forbidden,
            HttpStatusCode.TooManyRequests => ExitCodes.RateLimited,
            _ => ExitCodes.Error,
        };
    }
}

// What changes something, with only the members that say how.
internal sealed record AdministrationForm
{
    public string? Username { get; init; }

    public string? Email { get; init; }

    public string? Password { get; init; }

    public bool? Disabled { get; init; }

    public bool? DisableTwoFactor { get; init; }

    public PlexAuthAccountFile? File { get; init; }

    public ConfirmationForm? Confirmation { get; init; }

    public override string ToString() => "AdministrationForm(***)";
}

internal sealed record ConfirmationForm(string Password, string? VerificationCode)
{
    public override string ToString() => "ConfirmationForm(***)";
}

internal sealed record ProblemAnswer(string Detail, int Code);
