using Microsoft.OpenApi;
using PlexAuth.Server.Http.Wire;

namespace PlexAuth.Server.Http.Description;

/// <summary>Reads an answer's JSON schema off the code that writes the answer.</summary>
internal sealed class SchemaWriter : WireWriter
{
    private readonly Dictionary<string, IOpenApiSchema> _properties = new(StringComparer.Ordinal);

    /// <param name="write">Writes an example with one item in each list.</param>
    public static OpenApiSchema Describe(Action<WireWriter> write)
    {
        var writer = new SchemaWriter();
        write(writer);
        return new OpenApiSchema { Type = JsonSchemaType.Object, Properties = writer._properties };
    }

    public override void Text(string name, string? value) => Add(name, JsonSchemaType.String, value is null);

    public override void Flag(string name, bool? value) => Add(name, JsonSchemaType.Boolean, value is null);

    public override void Number(string name, long? value) => Add(name, JsonSchemaType.Integer, value is null);

    public override void Date(string name, DateTimeOffset? value) => Add(name, JsonSchemaType.String, value is null, format: "date-time");

    public override void Mark(string name, bool value) => Flag(name, value);

    public override void Names(string list, string item, IEnumerable<string> values) =>
        _properties[list] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } };

    public override void Empty(string list) => _properties[list] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.Object } };

    public override void Unknown(string list) => _properties[list] =
        new OpenApiSchema { Type = JsonSchemaType.Array | JsonSchemaType.Null, Items = new OpenApiSchema { Type = JsonSchemaType.String } };

    public override void Object(string name, Action<WireWriter> write) => _properties[name] = Describe(write);

    public override void Items<T>(string name, IEnumerable<T> items, Action<WireWriter, T> write) => _properties[name] = new OpenApiSchema
    {
        Type = JsonSchemaType.Array,
        Items = items.Select(item => Describe(wire => write(wire, item))).FirstOrDefault() ?? new OpenApiSchema { Type = JsonSchemaType.Object },
    };

    public override void Items<T>(string list, string item, IEnumerable<T> items, Action<WireWriter, T> write) => Items(list, items, write);

    private void Add(string name, JsonSchemaType type, bool nullable, string? format = null) =>
        _properties[name] = new OpenApiSchema { Type = nullable ? type | JsonSchemaType.Null : type, Format = format };
}
