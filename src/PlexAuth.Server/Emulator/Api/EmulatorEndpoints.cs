using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Description;

namespace PlexAuth.Server.Emulator;

/// <summary>The controls over HTTP, for tests in any language.</summary>
internal static class EmulatorEndpoints
{
    public const int Version = 1;

    public static void MapEmulator(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/_emulator").AllowAnonymous().KeptApart().AddEndpointFilter<LoopbackFilter>().WithMetadata(new ControlOperation()).WithTags("emulator");
        group.MapGet("/health", Health).Describe<HealthAnswer>("emulatorHealth", "Is it there, which version of this contract, and where to call");
        group.MapGet("/personas", Personas).Describe<IReadOnlyList<PersonaAnswer>>("emulatorPersonas", "The accounts with known passwords and tokens");
        group.MapPost("/seed", SeedAsync).Takes<PlexSeed>().Describe<IReadOnlyList<PersonaAnswer>>("emulatorSeed", "Add accounts, Homes and servers");
        group.MapState();
        group.MapTime();
        group.MapFaults();
        group.MapRequests();
        group.MapPinControl();
        group.MapTokenControl();
    }

    public static JsonHttpResult<ProblemAnswer> Problem(string error, int status = StatusCodes.Status400BadRequest) =>
        TypedResults.Json(new ProblemAnswer(error), EmulatorJson.Default.ProblemAnswer, statusCode: status);

    /// <exception cref="System.Text.Json.JsonException">Not of this form.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type) where T : class =>
        context.Request.HasJsonContentType()
            ? await context.Request.ReadFromJsonAsync(type, context.RequestAborted) ?? throw new PlexEmulatorException("The body is null. Send a JSON object.")
            : throw new PlexEmulatorException("Send a JSON object with Content-Type: application/json.");

    public static string Required(string? value, string name) =>
        string.IsNullOrEmpty(value) ? throw new PlexEmulatorException($"\"{name}\" is missing. Add it to the JSON object.") : value;

    public static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route) where T : class => route.Accepts<T>("application/json").Produces<ProblemAnswer>(400);

    public static RouteHandlerBuilder Describe<T>(this RouteHandlerBuilder route, string id, string summary) =>
        route.WithName(id).WithSummary(summary).Produces<T>(StatusCodes.Status200OK, "application/json");

    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string id, string summary) =>
        route.WithName(id).WithSummary(summary).Produces(StatusCodes.Status204NoContent);

    private static JsonHttpResult<HealthAnswer> Health(PublicAddress address, IOptions<PlexAuthServerOptions> options) => TypedResults.Json(
        new HealthAnswer("ok", Version, new Uri(address.Value, "/api/v2"), address.Value, options.Value.Strict), EmulatorJson.Default.HealthAnswer);

    private static JsonHttpResult<IReadOnlyList<PersonaAnswer>> Personas(PlexEmulator emulator) => Answer(emulator.Personas);

    private static async Task<JsonHttpResult<IReadOnlyList<PersonaAnswer>>> SeedAsync(HttpContext context, PlexEmulator emulator) =>
        Answer(await emulator.SeedAsync(await ReadAsync(context, EmulatorJson.Default.PlexSeed), context.RequestAborted));

    private static JsonHttpResult<IReadOnlyList<PersonaAnswer>> Answer(IReadOnlyList<PlexAuthPersona> personas) =>
        TypedResults.Json<IReadOnlyList<PersonaAnswer>>([.. personas.Select(PersonaAnswer.Of)], EmulatorJson.Default.IReadOnlyListPersonaAnswer);
}
