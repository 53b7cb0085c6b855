using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.Server.Http;

/// <summary>The named values of a call, from its body (a form or a JSON object), else its query: clients use all three for the same operation.</summary>
internal sealed class BodyFields
{
    private static readonly JsonDocumentOptions JsonLimits = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private readonly Dictionary<string, string> _body;
    private readonly IQueryCollection _query;

    private BodyFields(Dictionary<string, string> body, IQueryCollection query)
    {
        _body = body;
        _query = query;
    }

    /// <exception cref="InvalidDataException">Malformed, or a name is there twice.</exception>
    /// <exception cref="BadHttpRequestException">415 for a body that is neither form nor JSON.</exception>
    public static async Task<BodyFields> ReadAsync(HttpRequest request, PlexRequest call, CancellationToken cancellationToken) =>
        new(call.Form is { } form ? FromForm(form) : await FromContentAsync(request, cancellationToken), request.Query);

    public string? Find(string name) => _body.TryGetValue(name, out var value) ? value : _query[name] is [{ } single] ? single : null;

    private static Dictionary<string, string> FromForm(IFormCollection form)
    {
        if (form.Any(field => field.Value.Count > 1))
            throw new InvalidDataException("A form field is there twice.");

        // jensenkd's client sends JSON and calls it a form.
        if (form.Count == 1 && form.Keys.Single() is ['{', ..] json)
            return FromJson(Encoding.UTF8.GetBytes(json));

        return form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal);
    }

    private static async Task<Dictionary<string, string>> FromContentAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, cancellationToken);
        if (content.Length == 0)
            return [];
        if (!request.HasJsonContentType())
            throw new BadHttpRequestException("Only forms and JSON are read.", StatusCodes.Status415UnsupportedMediaType);

        return FromJson(content.ToArray());
    }

    private static Dictionary<string, string> FromJson(byte[] content)
    {
        try
        {
            using var document = JsonDocument.Parse(content, JsonLimits);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Flatten(document.RootElement).ToDictionary(StringComparer.Ordinal)
                : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("The JSON is malformed.", e);
        }
    }

    /// <summary>Members of an object within become <c>name[member]</c>, as a form spells them.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Flatten(JsonElement root) => root.EnumerateObject().SelectMany(member =>
        member.Value.ValueKind == JsonValueKind.Object
            ? member.Value.EnumerateObject().Where(IsPlain).Select(inner => KeyValuePair.Create($"{member.Name}[{inner.Name}]", inner.Value.ToString()))
            : IsPlain(member) ? [KeyValuePair.Create(member.Name, member.Value.ToString())] : []);

    private static bool IsPlain(JsonProperty member) =>
        member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
}
