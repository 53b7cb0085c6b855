using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;

namespace PlexAuth.Server.Emulator;

/// <summary>Puts other values into an answer, by the paths that they have in JSON. The same path leads to the same value in XML, where members are attributes.</summary>
internal static class FieldFault
{
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), CheckCharacters = false };

    /// <returns>The body as it came where it is neither JSON nor XML; what a path does not lead to is left alone.</returns>
    public static byte[] Apply(IReadOnlyDictionary<string, JsonNode?> fields, string? contentType, byte[] body) =>
        fields.Count == 0 || body.Length == 0 || contentType is null ? body
        : contentType.Contains("json", StringComparison.OrdinalIgnoreCase) ? ApplyToJson(fields, body)
        : contentType.Contains("xml", StringComparison.OrdinalIgnoreCase) ? ApplyToXml(fields, body)
        : body;

    private static byte[] ApplyToJson(IReadOnlyDictionary<string, JsonNode?> fields, byte[] body)
    {
        var document = JsonNode.Parse(body);
        foreach (var (path, value) in fields)
        {
            var names = path.Split('.');
            var place = names[..^1].Aggregate(document, Step);
            if (place is JsonObject parent)
                parent[names[^1]] = value?.DeepClone();
            else if (place is JsonArray list && Index(names[^1]) is { } index && index < list.Count)
                list[index] = value?.DeepClone();
        }

        return Encoding.UTF8.GetBytes(document?.ToJsonString() ?? "null");
    }

    private static JsonNode? Step(JsonNode? node, string name) => node switch
    {
        JsonObject parent => parent[name],
        JsonArray list when Index(name) is { } index && index < list.Count => list[index],
        _ => null,
    };

    private static byte[] ApplyToXml(IReadOnlyDictionary<string, JsonNode?> fields, byte[] body)
    {
        using var source = XmlReader.Create(new MemoryStream(body), new XmlReaderSettings { CheckCharacters = false });
        var document = XDocument.Load(source);
        foreach (var (path, value) in fields)
            Set([document.Root!], path.Split('.'), value);

        using var changed = new MemoryStream();
        using (var writer = XmlWriter.Create(changed, Settings))
            document.Save(writer);
        return changed.ToArray();
    }

    /// <param name="places">The element that the path has led to, or the equals of which it may choose one by number.</param>
    /// <param name="names">What is left of the path.</param>
    /// <param name="value">What to put there.</param>
    private static void Set(IReadOnlyList<XElement> places, ReadOnlySpan<string> names, JsonNode? value)
    {
        foreach (var name in names[..^1])
            places = Step(places, name);
        if (places is not [var place, ..])
            return;
        if (value is null && place.Element(names[^1]) is not null)
            place.Elements(names[^1]).Remove();
        else if (value is null or JsonValue)
            place.SetAttributeValue(names[^1], Text(value));
    }

    private static IReadOnlyList<XElement> Step(IReadOnlyList<XElement> places, string name) => places switch
    {
        [] => [],
        [var list] when Index(name) is { } index && !list.HasAttributes => [.. list.Elements().Skip(index).Take(1)],
        _ when Index(name) is { } index => [.. places.Skip(index).Take(1)],
        // JSON names the envelope of a media server's answer; in XML it is the root itself.
        [{ Parent: null } root, ..] when root.Name.LocalName == name => places,
        [var place, ..] => [.. place.Elements(name)],
    };

    private static string Text(JsonNode? value) => value switch
    {
        null => "",
        JsonValue flag when flag.TryGetValue<bool>(out var set) => set ? "1" : "0",
        JsonValue text when text.TryGetValue<string>(out var plain) => plain,
        _ => value.ToJsonString(),
    };

    private static int? Index(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
