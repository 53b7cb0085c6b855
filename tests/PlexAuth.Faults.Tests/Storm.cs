using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace PlexAuth.Faults.Tests;

/// <summary>
/// Clients that are added, sign in by password, PIN and key, mint, poll, change their password, remove devices and sign out until the server dies under them. Each writes
/// down what was answered, and only that.
/// </summary>
internal sealed class Storm(ServerProcess server, Journal journal, string token, string changersToken)
{
    private const int PinClients = 5;
    private static int _places;

    /// <summary>Ends when the server is killed.</summary>
    public Task RunAsync() => Task.WhenAll([
        .. Enumerable.Range(0, PinClients).Select(_ => RepeatAsync(PinAsync)),
        RepeatAsync(SignInAsync), RepeatAsync(MintAsync), RepeatAsync(SignOutAsync), RepeatAsync(KeyAsync), RepeatAsync(RemoveDeviceAsync), RepeatAsync(PasswordAsync), RepeatAsync(AccountAsync),
    ]);

    /// <summary>Each once and to its end: in the storm, on a busy machine, what takes long is killed more often than not.</summary>
    public async Task PrepareAsync()
    {
        using var http = server.Connect(Interlocked.Increment(ref _places));
        foreach (var act in (Func<HttpClient, Task>[])[AccountAsync, PasswordAsync, KeyAsync, SignInAsync, SignOutAsync, SignInAsync, RemoveDeviceAsync, SignInAsync, MintAsync])
            await act(http);
    }

    private async Task RepeatAsync(Func<HttpClient, Task> act)
    {
        try
        {
            while (true)
            {
                using var http = server.Connect(Interlocked.Increment(ref _places));
                await act(http);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or TaskCanceledException)
        {
            // Killed in the middle of a call: whether that one took effect is nobody's promise.
        }
    }

    private async Task SignInAsync(HttpClient http)
    {
        if (await http.SignInAsync(NewClient()) is { } issued)
            journal.Valid[issued] = 0;
    }

    private async Task PinAsync(HttpClient http)
    {
        var client = NewClient();
        if (await http.CreatePinAsync(client) is not var (id, code))
            return;
        journal.Pins[id] = client;
        if (RandomNumberGenerator.GetInt32(3) == 0)
            return;
        journal.Pins.TryRemove(id, out _);
        if (!IsSuccess(await http.LinkAsync(code, token)))
            return;
        journal.Linked[id] = client;
        if (await http.PollAsync(id, client) is { } issued)
            journal.Valid[issued] = 0;
    }

    private async Task MintAsync(HttpClient http)
    {
        if (await http.MintTransientAsync(token) is { } transient)
            journal.Transient.Add(transient);
        await Task.Delay(20);
    }

    /// <summary>A token is nobody's promise from the moment its revocation is asked for until that is answered.</summary>
    private async Task SignOutAsync(HttpClient http)
    {
        if (journal.Valid.Keys.FirstOrDefault(valid => !valid.StartsWith("eyJ", StringComparison.Ordinal)) is not { } chosen || !journal.Valid.TryRemove(chosen, out _))
        {
            // Through the server, or its death would go unnoticed here.
            await http.UserAsync(token);
            return;
        }

        if (IsSuccess(await http.SignOutAsync(chosen)))
            journal.Revoked.Add(chosen);
    }

    private async Task RemoveDeviceAsync(HttpClient http)
    {
        // Those of keys are left to be signed in by them.
        if (journal.Valid.Keys.FirstOrDefault(valid => !valid.StartsWith("eyJ", StringComparison.Ordinal)) is not { } chosen || !journal.Valid.TryRemove(chosen, out _))
        {
            await http.UserAsync(token);
            return;
        }

        if (IsSuccess(await http.RemoveOwnDeviceAsync(chosen)))
            journal.Revoked.Add(chosen);
    }

    private async Task KeyAsync(HttpClient http)
    {
        var client = NewClient();
        var key = PlexSigningKey.Create();
        if (await http.CreatePinAsync(client) is not var (id, code) || !IsSuccess(await http.LinkAsync(code, token)) || await http.PollAsync(id, client) is not { } issued
            || !IsSuccess(await http.RegisterKeyAsync(client, issued, key)))
            return;
        journal.Linked[id] = client;
        journal.Keys[client] = key;
        if (await http.ExchangeAsync(client, key) is { } signed)
            journal.Valid[signed] = 0;
    }

    private async Task PasswordAsync(HttpClient http)
    {
        var fresh = $"password {NewClient()}";
        journal.AskedPassword = fresh;
        if (!IsSuccess(await http.ChangePasswordAsync(changersToken, journal.Password, fresh)))
            return;
        journal.Password = fresh;
        journal.AskedPassword = null;
    }

    private async Task AccountAsync(HttpClient http)
    {
        var name = NewClient();
        if (IsSuccess(await http.AddAccountAsync(name, token)))
            journal.Accounts[name] = 0;
    }

    private static string NewClient() => $"storm-{RandomNumberGenerator.GetHexString(12)}";

    private static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;
}
