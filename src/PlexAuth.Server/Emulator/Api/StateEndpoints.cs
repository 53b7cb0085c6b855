using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace PlexAuth.Server.Emulator;

/// <summary>Everything the server keeps, and its clock.</summary>
internal static class StateEndpoints
{
    private const long MaxState = 64 * 1024 * 1024;

    public static void MapState(this IEndpointRouteBuilder group)
    {
        group.MapGet("/state", ExportAsync).Describe<System.Text.Json.Nodes.JsonObject>("emulatorExport", "All that the server keeps, to be imported again");
        group.MapPut("/state", ImportAsync).Takes<System.Text.Json.Nodes.JsonObject>().Describe("emulatorImport", "Put an exported state in place of what is there");
        group.MapPost("/reset", ResetAsync).Describe("emulatorReset", "Everything as it was at the start, but for the clock");
    }

    public static void MapTime(this IEndpointRouteBuilder group)
    {
        group.MapGet("/clock", Clock).Describe<ClockAnswer>("emulatorClock", "What time it is here");
        group.MapPost("/clock", ChangeAsync).Takes<ClockChange>().Describe<ClockAnswer>("emulatorAdvance", "Move the clock ahead, stop it or let it run");
    }

    private static async Task<IResult> ExportAsync(PlexEmulator emulator, CancellationToken cancellationToken) =>
        TypedResults.Bytes(await emulator.ExportStateAsync(cancellationToken), "application/json");

    private static async Task<NoContent> ImportAsync(HttpContext context, PlexEmulator emulator)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxState;
        using var state = new MemoryStream();
        await context.Request.Body.CopyToAsync(state, context.RequestAborted);
        await emulator.ImportStateAsync(state.ToArray(), context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> ResetAsync(PlexEmulator emulator, CancellationToken cancellationToken)
    {
        await emulator.ResetAsync(cancellationToken);
        return TypedResults.NoContent();
    }

    private static JsonHttpResult<ClockAnswer> Clock(PlexEmulatorClock clock) =>
        TypedResults.Json(new ClockAnswer(clock.GetUtcNow(), clock.Advanced.TotalSeconds, clock.IsStopped), EmulatorJson.Default.ClockAnswer);

    private static async Task<JsonHttpResult<ClockAnswer>> ChangeAsync(HttpContext context, PlexEmulatorClock clock)
    {
        var change = await EmulatorEndpoints.ReadAsync(context, EmulatorJson.Default.ClockChange);
        if (change.AdvanceSeconds is < 0 or > 3_155_760_000)
            throw new PlexEmulatorException("\"advanceSeconds\" must lie between 0 and a century: the clock cannot be set back. Start anew, or import a state.");
        if (change.Stopped is true)
            clock.Stop();
        clock.Advance(TimeSpan.FromSeconds(change.AdvanceSeconds));
        if (change.Stopped is false)
            clock.Resume();
        return Clock(clock);
    }
}
