using System.Globalization;
using System.Net;
using PlexAuth.Internal.Http;

namespace PlexAuth.Internal.Errors;

/// <summary>Failures without a readable answer. Their inner exceptions are the platform's, whose texts name host and port but no header or query.</summary>
internal static class NetworkFailures
{
    /// <summary>Null for an exception that is not about the network, which then goes its own way.</summary>
    public static Failure? From(Operation operation, Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } =>
            Network(operation, exception, "the server's name was not found. Check the network and the configured address.", FailureKind.NotSent),
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } =>
            Network(operation, exception, "no connection to the server. Check the network and the configured address.", FailureKind.NotSent),
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } =>
            Network(operation, exception, "no secure connection to the server: its certificate or TLS version was refused.", FailureKind.Final),
        HttpRequestException or IOException =>
            Network(operation, exception, "the connection broke before the answer was complete.", FailureKind.Broken),
        PooledBody.TooLargeException => Protocol(operation, null, "the answer is larger than 4 MiB."),
        InvalidDataException => Protocol(operation, null, "the answer is compressed and damaged. Check what is in between, and the handler that decompresses."),
        _ => null,
    };

    public static Failure Unreadable(Operation operation, HttpStatusCode status) =>
        Protocol(operation, status, "the answer is none of Plex. Check the configured address, and that nothing in between, such as a captive portal, answers for it.");

    public static Failure Redirected(Operation operation) =>
        Protocol(operation, null, "the HttpClient given to PlexClient followed a redirect, and took the token along. Set AllowAutoRedirect to false on its handler.");

    /// <param name="operation">What took too long.</param>
    /// <param name="timeout">The call's; null if the caller's own HttpClient gave up first.</param>
    /// <param name="exception">The cancellation.</param>
    public static PlexNetworkException Timeout(Operation operation, TimeSpan? timeout, OperationCanceledException exception)
    {
        var limit = timeout is { } span ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds} s") : "the HttpClient's own timeout";
        return new($"The {operation.Name} got no answer within {limit}. Try again, or allow more time with the option Timeout.", exception)
        {
            Operation = operation.Name,
        };
    }

    private static Failure Network(Operation operation, Exception exception, string what, FailureKind kind) =>
        new(new PlexNetworkException($"The {operation.Name} failed: {what}", exception) { Operation = operation.Name }, kind);

    private static Failure Protocol(Operation operation, HttpStatusCode? status, string what) =>
        new(new PlexProtocolException($"The {operation.Name} failed: {what}") { Facts = new(status, Operation: operation.Name) }, FailureKind.Final);
}
