using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using PlexAuth.AspNetCore;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Http.Wire;

namespace PlexAuth.Server.Http.Answers;

/// <summary>An endpoint's answer in the format of its call.</summary>
internal sealed class PlexResult : IResult
{
    private readonly int _status;
    private readonly WireBody? _body;
    private readonly int? _retryAfterSeconds;

    private PlexResult(int status, WireBody? body, TimeSpan? retryAfter = null)
    {
        _status = status;
        _body = body;
        _retryAfterSeconds = retryAfter is { } wait ? (int)Math.Ceiling(Math.Max(1, wait.TotalSeconds)) : null;
    }

    public static PlexResult NoContent { get; } = new(StatusCodes.Status204NoContent, null);

    public static PlexResult Account(PlexRequest request, byte[] bytes, int status = StatusCodes.Status200OK) =>
        Account(request.Format, bytes, status);

    public static PlexResult Account(PlexFormat format, byte[] bytes, int status = StatusCodes.Status200OK) =>
        new(status, new WireBody(bytes, format == PlexFormat.Json ? WireBody.JsonType : WireBody.XmlType));

    /// <summary>For operations that know no other format.</summary>
    public static PlexResult Json(byte[] bytes) => new(StatusCodes.Status200OK, new WireBody(bytes, WireBody.JsonType));

    /// <summary>A media server's MediaContainer.</summary>
    public static PlexResult Container(PlexRequest request, Action<WireWriter> write) => MediaServer(request, WireDocument.RenderContainer(request.Format, write));

    public static PlexResult MediaServer(PlexRequest request, byte[] bytes) =>
        new(StatusCodes.Status200OK, new WireBody(bytes, request.Format == PlexFormat.Json ? "application/json" : "text/xml;charset=utf-8"));

    public static PlexResult Refused(PlexRequest request, PlexErrorCode code, TimeSpan? retryAfter = null) => Refused(request, Refusal.For(code), retryAfter);

    public static PlexResult Refused(PlexRequest request, Refusal error, TimeSpan? retryAfter = null) =>
        new(error.Status, request.IsLegacyAccount ? LegacyErrors.Render(error, request.Format) : ErrorWire.Render(error, request.Role, request.Format), retryAfter);

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = _status;
        if (_status == StatusCodes.Status401Unauthorized)
            response.Headers[HeaderNames.WWWAuthenticate] = PlexTokenDefaults.AuthenticationScheme;
        if (_retryAfterSeconds is { } seconds)
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (_body is null)
            return Task.CompletedTask;

        response.ContentType = _body.ContentType;
        response.ContentLength = _body.Bytes.Length;
        return response.Body.WriteAsync(_body.Bytes, httpContext.RequestAborted).AsTask();
    }
}
