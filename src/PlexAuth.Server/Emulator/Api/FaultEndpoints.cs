using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace PlexAuth.Server.Emulator;

/// <summary>What goes wrong, and what was asked.</summary>
internal static class FaultEndpoints
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    public static void MapFaults(this IEndpointRouteBuilder group)
    {
        group.MapPost("/faults", AddAsync).Takes<FaultForm>().Describe("emulatorFault", "Let the next calls of an operation go wrong");
        group.MapDelete("/faults", Clear).Describe("emulatorFaultsClear", "Let everything go right again");
        group.MapPut("/outage", SetOutageAsync).Takes<OutageForm>().Describe("emulatorOutage", "Take the account service down, or bring it back; the media server goes on");
    }

    public static void MapRequests(this IEndpointRouteBuilder group)
    {
        group.MapGet("/requests", ListAsync).Describe<IReadOnlyList<PlexEmulatorRequest>>(
            "emulatorRequests", "What was asked; with operation=, only that; with times= and waitSeconds=, as soon as it was asked so often")
            .Produces<ProblemAnswer>(400).Produces<ProblemAnswer>(408);
        group.MapDelete("/requests", Forget).Describe("emulatorRequestsClear", "Forget what was asked");
    }

    private static async Task<NoContent> AddAsync(HttpContext context, PlexEmulatorFaults faults)
    {
        var form = await EmulatorEndpoints.ReadAsync(context, EmulatorJson.Default.FaultForm);
        faults.Next(EmulatorEndpoints.Required(form.Operation, "operation"), form.ToFault(), form.Times);
        return TypedResults.NoContent();
    }

    private static NoContent Clear(PlexEmulatorFaults faults)
    {
        faults.Clear();
        return TypedResults.NoContent();
    }

    private static async Task<NoContent> SetOutageAsync(HttpContext context, PlexEmulatorFaults faults)
    {
        faults.AccountServiceDown = (await EmulatorEndpoints.ReadAsync(context, EmulatorJson.Default.OutageForm)).AccountService;
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ListAsync(PlexEmulatorRequests requests, string? operation, int? times, double? waitSeconds, CancellationToken cancellationToken)
    {
        if (waitSeconds is { } seconds && !await CameAsync(requests, EmulatorEndpoints.Required(operation, "operation"), times ?? 1, TimeSpan.FromSeconds(seconds), cancellationToken))
            return EmulatorEndpoints.Problem($"\"{operation}\" was asked {requests.Of(operation!).Count} times within {seconds} s, not {times ?? 1}.", StatusCodes.Status408RequestTimeout);

        return TypedResults.Json(operation is null ? [.. requests] : requests.Of(operation), EmulatorJson.Default.IReadOnlyListPlexEmulatorRequest);
    }

    private static async Task<bool> CameAsync(PlexEmulatorRequests requests, string operation, int times, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience < LongestWait ? patience : LongestWait);
        try
        {
            await requests.WaitForAsync(operation, times, limit.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static NoContent Forget(PlexEmulatorRequests requests)
    {
        requests.Clear();
        return TypedResults.NoContent();
    }
}
