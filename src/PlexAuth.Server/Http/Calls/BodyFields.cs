using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.Server.Http.Calls;

/// <summary>The named values of a call, from its body (a form or a JSON object), else its query: clients use all three for the same operation.</summary>
internal sealed class BodyFields
{
    private static readonly JsonDocumentOptions JsonLimits = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private readonly Dictionary<string, string> _body;
    private readonly IQueryCollection _query;
    private readonly JsonElement? _json;

    private BodyFields(Dictionary<string, string> body, IQueryCollection query, JsonElement? json = null)
    {
        _body = body;
        _query = query;
        _json = json;
    }

    /// <exception cref="InvalidDataException">Malformed, or a name is there twice.</exception>
    /// <exception cref="BadHttpRequestException">415 for a body that is neither form nor JSON.</exception>
    public static async Task<BodyFields> ReadAsync(HttpRequest request, PlexRequest call, CancellationToken cancellationToken) =>
        call.Form is { } form ? FromForm(form, request.Query) : await FromContentAsync(request, cancellationToken);

    public string? Find(string name) => _body.TryGetValue(name, out var value) ? value : _query[name] is [{ } single] ? single : null;

    /// <summary>A member of a JSON body that is itself an object.</summary>
    public JsonElement? FindObject(string name) =>
        _json is { } json && json.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.Object ? member : null;

    private static BodyFields FromForm(IFormCollection form, IQueryCollection query)
    {
        if (form.Any(field => field.Value.Count > 1))
            throw new InvalidDataException("A form field is there twice.");

        // jensenkd's client sends JSON and calls it a form.
        if (form.Count == 1 && form.Keys.Single() is ['{', ..] json)
            return FromJson(Encoding.UTF8.GetBytes(json), query);

        return new(form.ToDictionary(field => field.Key, field => field.Value.ToString(), StringComparer.Ordinal), query);
    }

    private static async Task<BodyFields> FromContentAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        await request.Body.CopyToAsync(content, cancellationToken);
        if (content.Length == 0)
            return new([], request.Query);
        if (!request.HasJsonContentType())
            throw new BadHttpRequestException("Only forms and JSON are read.", StatusCodes.Status415UnsupportedMediaType);

        return FromJson(content.ToArray(), request.Query);
    }

    private static BodyFields FromJson(byte[] content, IQueryCollection query)
    {
        try
        {
            var json = JsonElement.Parse(content, JsonLimits);
            return json switch
            {
                { ValueKind: JsonValueKind.Object } => new(Flatten(json).ToDictionary(StringComparer.Ordinal), query, json),
                // How some clients write that there is nothing.
                { ValueKind: JsonValueKind.Null } or { ValueKind: JsonValueKind.String } => new([], query),
                _ => throw new InvalidDataException("The JSON is no object."),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new InvalidDataException("The JSON is malformed.", e);
        }
    }

    /// <summary>Members of an object within become <c>name[member]</c>, as a form spells them. Both spellings of one member in one body are a malformed body.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Flatten(JsonElement root) => root.EnumerateObject().SelectMany(member =>
        member.Value.ValueKind == JsonValueKind.Object
            ? member.Value.EnumerateObject().Where(IsPlain).Select(inner => KeyValuePair.Create($"{member.Name}[{inner.Name}]", inner.Value.ToString()))
            : IsPlain(member) ? [KeyValuePair.Create(member.Name, member.Value.ToString())] : []);

    private static bool IsPlain(JsonProperty member) =>
        member.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;
}
