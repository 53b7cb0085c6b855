using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PlexAuth.Tests.Pins;

/// <summary>An account service on a real socket that knows nothing but its script: a call that was not expected fails the test.</summary>
internal sealed class PinService : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Request, Func<HttpContext, Task> Answer)> _script = new();
    private readonly ConcurrentQueue<string> _surprises = new();

    private PinService()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri AccountUrl => new(_app.Urls.Single() + "/api/v2");

    public List<Received> Requests { get; } = [];

    public static async Task<PinService> StartAsync()
    {
        var service = new PinService();
        await service._app.StartAsync(TestContext.Current.CancellationToken);
        return service;
    }

    public PinService On(string request, int status, string body, string contentType = "application/json", params (string Name, string Value)[] headers) =>
        On(request, context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = contentType;
            foreach (var (name, value) in headers)
                context.Response.Headers[name] = value;

            return status == 204 ? Task.CompletedTask : context.Response.WriteAsync(body);
        });

    public PinService On(string request, Func<HttpContext, Task> answer)
    {
        _script.Enqueue((request, answer));
        return this;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _surprises.ShouldBeEmpty();
        _script.Select(step => step.Request).ShouldBeEmpty("expected, but not asked");
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var line = $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}";
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync() : FormCollection.Empty;
        Requests.Add(new Received(line, context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString()), form.ToDictionary(f => f.Key, f => f.Value.ToString())));
        if (_script.TryDequeue(out var step) && step.Request == line)
        {
            await step.Answer(context);
            return;
        }

        _surprises.Enqueue($"{line} came where {step.Request ?? "nothing"} was expected");
        context.Response.StatusCode = 418;
    }

    internal sealed record Received(string Line, IReadOnlyDictionary<string, string> Headers, IReadOnlyDictionary<string, string> Form);
}
