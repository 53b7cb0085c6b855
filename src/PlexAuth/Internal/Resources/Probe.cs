using System.Globalization;
using System.Net;
using PlexAuth.Internal.Http;
using PlexAuth.Internal.Json;

namespace PlexAuth.Internal.Resources;

/// <summary>Tries one address: first who is there, without saying a word about oneself, and only then whether the token is good there.</summary>
internal sealed class Probe(HttpMessageInvoker sockets, PlexResource resource, PlexServerToken token, ClientSettings settings)
{
    private const string Stranger = "another media server answers there. It was sent no token";

    /// <summary>Never throws for what a network or a server can do.</summary>
    public async Task<PlexConnectAttempt> TryAsync(Candidate candidate, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var time = settings.TimeProvider;
        var started = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            var (outcome, reason) = await ProveAsync(candidate.Uri, either.Token).ConfigureAwait(false);
            return candidate.Ended(outcome, reason, time.GetElapsedTime(started));
        }
        catch (Exception e) when (ProbeFailures.From(e, candidate, time.GetElapsedTime(started)) is { } failed)
        {
            return failed;
        }
    }

    private async Task<(PlexConnectOutcome Outcome, string Reason)> ProveAsync(Uri server, CancellationToken cancellationToken)
    {
        var (status, identity) = await AskIdentityAsync(server, cancellationToken).ConfigureAwait(false);
        if (identity is null)
            return (PlexConnectOutcome.UnexpectedAnswer, Unexpected(status, "who it is"));
        if (identity.MachineIdentifier != resource.ClientIdentifier)
            return (PlexConnectOutcome.WrongServer, Stranger);

        status = await AskWithTokenAsync(server, cancellationToken).ConfigureAwait(false);
        return (int)status switch
        {
            >= 200 and < 300 => (PlexConnectOutcome.Connected, "connected"),
            401 or 403 => (PlexConnectOutcome.TokenRefused, string.Create(CultureInfo.InvariantCulture, $"the server refuses the token (HTTP {(int)status}). List the servers again for a new one")),
            _ => (PlexConnectOutcome.UnexpectedAnswer, Unexpected(status, "for what it is")),
        };
    }

    private async Task<(HttpStatusCode Status, IdentityAnswer? Identity)> AskIdentityAsync(Uri server, CancellationToken cancellationToken)
    {
        using var request = Get(server, "/identity");
        using var response = await sockets.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
            return (response.StatusCode, null);

        using var body = await PooledBody.ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        return (response.StatusCode, Answer.Read(body.Memory, IdentityAnswer.Read));
    }

    private async Task<HttpStatusCode> AskWithTokenAsync(Uri server, CancellationToken cancellationToken)
    {
        using var request = Get(server, "/");
        settings.IdentityHeaders.AddTo(request);
        request.Headers.TryAddWithoutValidation(PlexHeaders.Token, token.Reveal());
        using var response = await sockets.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return response.StatusCode;
    }

    private static HttpRequestMessage Get(Uri server, string path)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, string.Concat(server.AbsoluteUri.AsSpan().TrimEnd('/'), path));
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        return request;
    }

    private static string Unexpected(HttpStatusCode status, string question) => string.Create(
        CultureInfo.InvariantCulture,
        $"asked {question}, it answered HTTP {(int)status}{((int)status is >= 300 and < 400 ? ", a redirect, which is never followed" : "")}. Look for a proxy or a captive portal in between");
}
