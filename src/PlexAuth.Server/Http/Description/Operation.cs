using Microsoft.OpenApi;
using PlexAuth.Server.Http.Wire;

namespace PlexAuth.Server.Http.Description;

/// <summary>What the API's description says of one route.</summary>
internal sealed record Operation(string Id, string Summary)
{
    public int Success { get; init; } = 200;

    /// <summary>Writes an example of the answer; null where it has no body.</summary>
    public Action<WireWriter>? Answer { get; init; }

    /// <summary>The answer is an array of what <see cref="Answer"/> writes.</summary>
    public bool IsList { get; init; }

    /// <summary>What the answer is, where it is neither JSON nor XML.</summary>
    public string? MediaType { get; init; }

    public IReadOnlyList<Parameter> Query { get; init; } = [];

    public IReadOnlyList<Parameter> Form { get; init; } = [];

    public IReadOnlyList<int> Refusals { get; init; } = [400, 401];
}

/// <param name="Name">As on the wire.</param>
/// <param name="Description">In a few words.</param>
/// <param name="Values">The only values, where there are few.</param>
internal sealed record Parameter(string Name, string Description, params string[] Values)
{
    public bool Required { get; init; }

    public OpenApiSchema Schema => new() { Type = JsonSchemaType.String, Enum = [.. Values.Select(value => (System.Text.Json.Nodes.JsonNode)value)] };
}
