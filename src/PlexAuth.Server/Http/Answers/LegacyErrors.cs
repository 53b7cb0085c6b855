using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.Server.Http.Answers;

/// <summary>How the oldest addresses refuse: with a sentence instead of codes, and 422 for a bad token, by which clients tell it from an outage.</summary>
internal static class LegacyErrors
{
    public static Refusal InvalidToken { get; } = new(PlexErrorCode.Unauthorized, StatusCodes.Status422UnprocessableEntity, "Invalid token");

    public static WireBody Render(Refusal error, PlexFormat format) => format == PlexFormat.Json
        ? new WireBody(Encoding.UTF8.GetBytes($"{{\"error\":\"{JsonEncodedText.Encode(error.Message)}\"}}"), WireBody.JsonType)
        : new WireBody(Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<errors><error>{System.Security.SecurityElement.Escape(error.Message)}</error></errors>"), WireBody.XmlType);
}
