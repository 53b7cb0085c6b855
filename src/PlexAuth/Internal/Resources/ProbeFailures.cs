using System.Globalization;
using PlexAuth.Internal.Http;

namespace PlexAuth.Internal.Resources;

/// <summary>What an exception says about an address.</summary>
internal static class ProbeFailures
{
    /// <summary>Null for an exception that is not about the network.</summary>
    public static PlexConnectAttempt? From(Exception exception, Candidate candidate, TimeSpan elapsed) => exception switch
    {
        OperationCanceledException => candidate.Ended(
            PlexConnectOutcome.TimedOut, string.Create(CultureInfo.InvariantCulture, $"timed out after {elapsed.TotalSeconds:0.#} s. Nothing there, or a firewall in between"), elapsed),
        HttpRequestException request when Refusal(request) is { } certificate => candidate.Ended(certificate.Outcome, certificate.Message, elapsed),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            candidate.Ended(PlexConnectOutcome.TlsFailed, "no secure connection: what answers there does not speak https, or only an old version", elapsed),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } when candidate.Connection is { Local: true } => candidate.Ended(
            PlexConnectOutcome.RebindSuspected, "the name was not found: this network's DNS seems to suppress names of private addresses (DNS rebinding protection)", elapsed),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            candidate.Ended(PlexConnectOutcome.NameNotFound, "the name was not found. Check the network's DNS", elapsed),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } =>
            candidate.Ended(PlexConnectOutcome.Refused, "nobody listens there, or no way leads there", elapsed),
        PooledBody.TooLargeException => candidate.Ended(PlexConnectOutcome.UnexpectedAnswer, "the answer is far too large for a media server", elapsed),
        HttpRequestException or IOException => candidate.Ended(PlexConnectOutcome.UnexpectedAnswer, "the connection broke before the answer was complete", elapsed),
        _ => null,
    };

    private static CertificateException? Refusal(Exception exception)
    {
        for (var inner = exception.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is CertificateException refusal)
                return refusal;
        }

        return null;
    }
}
