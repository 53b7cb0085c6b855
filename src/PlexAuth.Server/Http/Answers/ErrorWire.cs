using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Http.Description;
using PlexAuth.Server.Http.Wire;

namespace PlexAuth.Server.Http.Answers;

/// <summary>Error bodies: <c>errors</c> in JSON and XML; a media server writes a small HTML page where JSON is not accepted; the administration, problems as in RFC 9457.</summary>
/// <remarks>Plex Media Server's page for <c>/</c> also leads browsers to its web app; there is none here.</remarks>
internal static class ErrorWire
{
    public static WireBody Render(Refusal error, PlexRole role, PlexFormat format) => (format, role) switch
    {
        (_, PlexRole.Administration) => new WireBody(Problem(error), "application/problem+json"),
        (PlexFormat.Json, _) => new WireBody(Json(error), WireBody.JsonType),
        (_, PlexRole.Account) => new WireBody(Xml(error), WireBody.XmlType),
        _ => new WireBody(Html(error.Status), "text/html"),
    };

    public static OpenApiSchema Schema { get; } = SchemaWriter.Describe(body => body.Items("errors", [Refusal.For(PlexErrorCode.Unauthorized)], Describe));

    private static byte[] Json(Refusal error) =>
        WireDocument.Render(PlexFormat.Json, "", body => body.Items("errors", [error], Describe));

    private static byte[] Xml(Refusal error) =>
        WireDocument.Render(PlexFormat.Xml, "errors", body => body.Items("error", [error], Describe));

    private static byte[] Problem(Refusal error) => WireDocument.Render(PlexFormat.Json, "", problem =>
    {
        problem.Text("type", "about:blank");
        problem.Text("title", ReasonPhrases.GetReasonPhrase(error.Status));
        problem.Number("status", error.Status);
        problem.Text("detail", error.Message);
        problem.Number("code", error.Code.Value);
    });

    private static void Describe(WireWriter wire, Refusal error)
    {
        wire.Number("code", error.Code.Value);
        wire.Text("message", error.Message);
        wire.Number("status", error.Status);
    }

    private static byte[] Html(int status)
    {
        var title = ReasonPhrases.GetReasonPhrase(status);
        return Encoding.ASCII.GetBytes($"<html><head><title>{title}</title></head><body><h1>{status} {title}</h1></body></html>");
    }
}
