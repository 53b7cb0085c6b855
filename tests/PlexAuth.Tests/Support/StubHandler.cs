using System.Net;
using System.Text;

namespace PlexAuth.Tests;

/// <summary>Answers the expected requests in their order and throws at any other.</summary>
internal sealed class StubHandler : HttpMessageHandler
{
    private readonly Queue<(string Request, HttpStatusCode Status, byte[] Body, Action<HttpResponseMessage>? Adjust)> _answers = new();

    public List<string> Requests { get; } = [];

    public List<Dictionary<string, string>> Headers { get; } = [];

    public List<string> Bodies { get; } = [];

    public StubHandler On(string request, HttpStatusCode status, byte[] body, Action<HttpResponseMessage>? adjust = null)
    {
        _answers.Enqueue((request, status, body, adjust));
        return this;
    }

    public StubHandler On(string request, HttpStatusCode status, string body = "", Action<HttpResponseMessage>? adjust = null) =>
        On(request, status, Encoding.UTF8.GetBytes(body), adjust);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var line = $"{request.Method} {request.RequestUri!.PathAndQuery}";
        Requests.Add(line);
        Headers.Add(request.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase));
        Bodies.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
        if (!_answers.TryDequeue(out var answer) || answer.Request != line)
            throw new NotSupportedException($"Unexpected request {line}; expected {answer.Request ?? "none"}.");

        var response = new HttpResponseMessage(answer.Status) { Content = new ByteArrayContent(answer.Body), RequestMessage = request };
        answer.Adjust?.Invoke(response);
        return response;
    }
}
