using System.Net;
using System.Security.Cryptography;

namespace PlexAuth.Faults.Tests;

/// <summary>Clients that sign in by password and PIN, mint, poll and sign out until the server dies under them. Each writes down what was answered, and only that.</summary>
internal sealed class Storm(ServerProcess server, Journal journal, string token)
{
    private const int PinClients = 5;
    private static int _places;

    /// <summary>Ends when the server is killed.</summary>
    public Task RunAsync() => Task.WhenAll([
        .. Enumerable.Range(0, PinClients).Select(_ => RepeatAsync(PinAsync)),
        RepeatAsync(SignInAsync), RepeatAsync(MintAsync), RepeatAsync(SignOutAsync),
    ]);

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
        catch (Exception exception) when (exception is HttpRequestException or IOException or TaskCanceledException)
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
        if (journal.Valid.Keys.Skip(1).FirstOrDefault() is not { } chosen || !journal.Valid.TryRemove(chosen, out _))
        {
            // Through the server, or its death would go unnoticed here.
            await http.UserAsync(token);
            return;
        }

        if (IsSuccess(await http.SignOutAsync(chosen)))
            journal.Revoked.Add(chosen);
    }

    private static string NewClient() => $"storm-{RandomNumberGenerator.GetHexString(12)}";

    private static bool IsSuccess(HttpStatusCode status) => (int)status is >= 200 and < 300;
}
