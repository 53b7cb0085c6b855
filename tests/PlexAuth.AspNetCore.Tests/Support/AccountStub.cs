using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace PlexAuth.AspNetCore.Tests;

/// <summary>An account service on a real socket, as small as the sign-in needs it. A call it does not know fails the test.</summary>
internal sealed class AccountStub : IAsyncDisposable
{
    private static readonly Person[] People = [Person.Alice, Person.Bob, Person.Frank, Person.Dave];

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _surprises = new();
    private readonly ConcurrentDictionary<string, Pin> _pins = new(StringComparer.Ordinal);
    private int _lastId = 1000;

    private AccountStub()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public Uri AccountUrl => new(_app.Urls.Single() + "/api/v2");

    public ConcurrentQueue<string> Calls { get; } = new();

    public ConcurrentDictionary<string, bool> Revoked { get; } = new(StringComparer.Ordinal);

    /// <summary>Every call is answered with this status while it is set.</summary>
    public int? Outage { get; set; }

    /// <summary>Where that answer points, if anywhere.</summary>
    public string? OutageLocation { get; set; }

    /// <summary>Runs while a call waits for its answer.</summary>
    public Func<string, Task> OnCall { get; set; } = _ => Task.CompletedTask;

    public static async Task<AccountStub> StartAsync()
    {
        var stub = new AccountStub();
        await stub._app.StartAsync(TestContext.Current.CancellationToken);
        return stub;
    }

    public Pin this[string code] => _pins[code];

    public int CallsTo(string path) => Calls.Count(call => call.EndsWith(path, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _surprises.ShouldBeEmpty();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var call = $"{context.Request.Method} {context.Request.Path}";
        Calls.Enqueue(call);
        await OnCall(call);
        if (Outage is { } status)
        {
            context.Response.StatusCode = status;
            if (OutageLocation is { } location)
                context.Response.Headers.Location = location;
            return;
        }

        context.Request.Headers[PlexHeaders.ClientIdentifier].ToString().ShouldBe("my-app-7f3c");
        context.Response.ContentType = "application/json; charset=utf-8";
        var path = context.Request.Path.Value!;
        await (call switch
        {
            "POST /api/v2/pins" => CreatePinAsync(context),
            "GET /api/v2/user" => AsPersonAsync(context, person => person.Account),
            "GET /api/v2/resources" => AsPersonAsync(context, person => person.Resources),
            _ when path.StartsWith("/api/v2/pins/", StringComparison.Ordinal) && context.Request.Method == "GET" => PollPinAsync(context, path.Split('/')[^1]),
            _ => Surprise(context, call),
        });
    }

    private Task CreatePinAsync(HttpContext context)
    {
        context.Request.QueryString.Value.ShouldBe("?strong=true");
        var id = Interlocked.Increment(ref _lastId);
        var pin = new Pin(id, $"code{id}abcdefghijklmnopq", context.Request.Headers.Origin.ToString(), context.Request.Headers[PlexHeaders.DeviceName].ToString());
        _pins[pin.Code] = pin;
        context.Response.StatusCode = 201;
        return context.Response.WriteAsync(pin.Json);
    }

    private Task PollPinAsync(HttpContext context, string id)
    {
        var pin = _pins.Values.SingleOrDefault(pin => pin.Id.ToString() == id);
        if (pin is { State: PinState.Open })
            return context.Response.WriteAsync(pin.Json);

        context.Response.StatusCode = 404;
        return context.Response.WriteAsync("""{"errors":[{"code":1020,"message":"Code not found or expired"}]}""");
    }

    private Task AsPersonAsync(HttpContext context, Func<Person, string> answer)
    {
        var token = context.Request.Headers[PlexHeaders.Token].ToString();
        if (People.FirstOrDefault(person => person.Token == token) is { } person && !Revoked.ContainsKey(token))
            return context.Response.WriteAsync(answer(person));

        context.Response.StatusCode = 401;
        return context.Response.WriteAsync("""{"errors":[{"code":1001,"message":"User could not be authenticated","status":401}]}""");
    }

    private Task Surprise(HttpContext context, string call)
    {
        _surprises.Enqueue(call);
        context.Response.StatusCode = 418;
        return Task.CompletedTask;
    }

    internal enum PinState
    {
        Open,
        Denied,
    }

    internal sealed class Pin(int id, string code, string origin, string deviceName)
    {
        public int Id => id;

        public string Code => code;

        public string Origin => origin;

        public string DeviceName => deviceName;

        public PinState State { get; set; }

        public Person? AllowedBy { get; set; }

        public string Json =>
            $$"""
            {"id":{{id}},"code":"{{code}}","product":"My App","trusted":false,"clientIdentifier":"my-app-7f3c","expiresIn":1800,
            "authToken":{{(AllowedBy is { } person ? $"\"{person.Token}\"" : "null")}},"newRegistration":null}
            """;
    }
}
