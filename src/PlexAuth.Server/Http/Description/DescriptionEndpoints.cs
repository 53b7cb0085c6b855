using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using PlexAuth.Server.Http.Answers;

namespace PlexAuth.Server.Http.Description;

/// <summary>The API's OpenAPI document. It describes the routes that say of themselves what they are, and none of an embedding application's.</summary>
internal static class DescriptionEndpoints
{
    /// <summary>The name of the document and of the routes' group. Not "v1": that is what an embedding application's own document is called unless it says otherwise.</summary>
    public const string Name = "plexauth";

    private static readonly string[] IdentityHeaders =
    [
        PlexHeaders.ClientIdentifier, PlexHeaders.Token, PlexHeaders.Product, PlexHeaders.Version, PlexHeaders.Platform, PlexHeaders.PlatformVersion,
        PlexHeaders.Device, PlexHeaders.DeviceName, PlexHeaders.DeviceVendor, PlexHeaders.Model, PlexHeaders.Marketplace,
    ];

    public static void AddPlexDescription(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.ShouldInclude = api => api.ActionDescriptor.EndpointMetadata.Any(metadata => metadata is Operation or ControlOperation);
        // The platform would name the document after the application that hosts the server.
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "PlexAuth";
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<Operation>().FirstOrDefault() is { } described)
                Fill(operation, described, context.Description.HttpMethod);
            return Task.CompletedTask;
        });
    });

    /// <summary>An application that maps documents of its own has the first of the two addresses for itself.</summary>
    public static void MapDescription(this IEndpointRouteBuilder app)
    {
        app.MapMethods("/openapi/v1.json", Verbs.Read, DescribeAsync).WithOrder(1).ExcludeFromDescription().AllowAnonymous();
        app.MapMethods($"/openapi/{Name}.json", Verbs.Read, DescribeAsync).ExcludeFromDescription().AllowAnonymous();
    }

    private static async Task<ContentHttpResult> DescribeAsync([FromKeyedServices(Name)] IOpenApiDocumentProvider documents, PublicAddress address, CancellationToken cancellationToken)
    {
        var document = await documents.GetOpenApiDocumentAsync(cancellationToken);
        document.Servers = [new OpenApiServer { Url = address.Value.AbsoluteUri }];
        return TypedResults.Text(await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken), "application/json", Encoding.UTF8);
    }

    private static void Fill(OpenApiOperation operation, Operation described, string? verb)
    {
        operation.OperationId = verb is "HEAD" or "POST" && described.Success == 200 ? $"{described.Id}-{verb.ToLowerInvariant()}" : described.Id;
        operation.Summary = described.Summary;
        var path = operation.Parameters?.Where(parameter => parameter.In == ParameterLocation.Path) ?? [];
        operation.Parameters = [.. path, .. IdentityHeaders.Select(Header), .. described.Query.Select(Query)];
        operation.RequestBody = described.Form.Count == 0 ? null : Body(described.Form);
        operation.Responses = new OpenApiResponses { [Status(described.Success)] = Answer(described) };
        foreach (var refusal in described.Refusals)
            operation.Responses[Status(refusal)] = new OpenApiResponse { Description = ReasonPhrases.GetReasonPhrase(refusal), Content = Media(ErrorWire.Schema) };
    }

    private static OpenApiParameter Header(string name) =>
        new() { Name = name, In = ParameterLocation.Header, Description = "Also taken from the query and from a form.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

    private static OpenApiParameter Query(Parameter parameter) =>
        new() { Name = parameter.Name, In = ParameterLocation.Query, Description = parameter.Description, Required = parameter.Required, Schema = parameter.Schema };

    private static OpenApiRequestBody Body(IReadOnlyList<Parameter> fields)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = fields.ToDictionary(field => field.Name, IOpenApiSchema (field) => field.Schema, StringComparer.Ordinal),
            Required = fields.Where(field => field.Required).Select(field => field.Name).ToHashSet(StringComparer.Ordinal),
        };
        return new OpenApiRequestBody { Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { ["application/x-www-form-urlencoded"] = new() { Schema = schema } } };
    }

    private static OpenApiResponse Answer(Operation described) => new()
    {
        Description = ReasonPhrases.GetReasonPhrase(described.Success),
        Content = described switch
        {
            { Answer: { } write } => Media(Schema(described, SchemaWriter.Describe(write))),
            { MediaType: { } type } => new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal) { [type] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } } },
            _ => null,
        },
    };

    private static OpenApiSchema Schema(Operation described, OpenApiSchema schema) => described.IsList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema } : schema;

    private static Dictionary<string, OpenApiMediaType> Media(OpenApiSchema schema) =>
        new(StringComparer.Ordinal) { ["application/json"] = new() { Schema = schema }, ["application/xml"] = new() { Schema = schema } };

    private static string Status(int status) => status.ToString(CultureInfo.InvariantCulture);
}
