using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace PlexAuth.Server.Emulator;

/// <summary>PINs and tokens from outside the protocol.</summary>
internal static class ControlEndpoints
{
    public static void MapPinControl(this IEndpointRouteBuilder group)
    {
        group.MapPost("/pins/approve", ApproveAsync).Takes<PinDecision>().Describe("emulatorApprovePin", "Allow a PIN in the name of an account").Produces<ProblemAnswer>(404);
        group.MapPost("/pins/deny", DenyAsync).Takes<PinDecision>().Describe("emulatorDenyPin", "Deny a PIN in the name of an account").Produces<ProblemAnswer>(404);
        group.MapPut("/pins/automatic", SetAutomaticAsync).Takes<AutomaticPinsForm>().Describe("emulatorAutomaticPins", "Allow every PIN in the name of an account; null ends this");
    }

    public static void MapTokenControl(this IEndpointRouteBuilder group)
    {
        group.MapPost("/tokens", IssueAsync).Takes<IssueForm>().Describe<IssueAnswer>("emulatorIssueToken", "Make a token without a sign-in");
        group.MapPost("/tokens/expire", ExpireAsync).Takes<EndForm>().Describe<EndAnswer>("emulatorExpireToken", "Let a token's time be over");
        group.MapPost("/tokens/revoke", RevokeAsync).Takes<EndForm>().Describe<EndAnswer>("emulatorRevokeToken", "Revoke a token, or sign an account out everywhere");
    }

    private static Task<IResult> ApproveAsync(HttpContext context, PlexEmulator emulator) => DecideAsync(context, emulator.ApprovePinAsync);

    private static Task<IResult> DenyAsync(HttpContext context, PlexEmulator emulator) => DecideAsync(context, emulator.DenyPinAsync);

    private static async Task<IResult> DecideAsync(HttpContext context, Func<string, string, CancellationToken, Task<bool>> decide)
    {
        var form = await EmulatorEndpoints.ReadAsync(context, EmulatorJson.Default.PinDecision);
        return await decide(EmulatorEndpoints.Required(form.Code, "code"), EmulatorEndpoints.Required(form.Account, "account"), context.RequestAborted)
            ? TypedResults.NoContent()
            : EmulatorEndpoints.Problem("No PIN with this code is waiting: it is unknown, decided on already, or expired.", StatusCodes.Status404NotFound);
    }

    private static async Task<NoContent> SetAutomaticAsync(HttpContext context, PlexEmulator emulator)
    {
        var form = await EmulatorEndpoints.ReadAsync(context, EmulatorJson.Default.AutomaticPinsForm);
        await emulator.ApprovePinsAutomaticallyAsync(form.Account, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<JsonHttpResult<IssueAnswer>> IssueAsync(HttpContext context, PlexEmulator emulator)
    {
        var form = await EmulatorEndpoints.ReadAsync(context, EmulatorJson.Default.IssueForm);
        TimeSpan? lifetime = form.LifetimeSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        var token = await emulator.IssueTokenAsync(EmulatorEndpoints.Required(form.Account, "account"), form.Kind, form.ClientIdentifier, lifetime, context.RequestAborted);
        return TypedResults.Json(new IssueAnswer(token.Reveal()), EmulatorJson.Default.IssueAnswer);
    }

    private static async Task<JsonHttpResult<EndAnswer>> ExpireAsync(HttpContext context, PlexEmulator emulator)
    {
        var form = await EmulatorEndpoints.ReadAsync(context, EmulatorJson.Default.EndForm);
        return Ended(await emulator.ExpireTokenAsync(new PlexToken(EmulatorEndpoints.Required(form.Token, "token")), context.RequestAborted) ? 1 : 0);
    }

    private static async Task<JsonHttpResult<EndAnswer>> RevokeAsync(HttpContext context, PlexEmulator emulator)
    {
        var form = await EmulatorEndpoints.ReadAsync(context, EmulatorJson.Default.EndForm);
        if (form.Account is { } account)
            return Ended(await emulator.RevokeEverythingAsync(account, context.RequestAborted));

        return Ended(await emulator.RevokeTokenAsync(new PlexToken(EmulatorEndpoints.Required(form.Token, "token")), context.RequestAborted) ? 1 : 0);
    }

    private static JsonHttpResult<EndAnswer> Ended(int count) => TypedResults.Json(new EndAnswer(count), EmulatorJson.Default.EndAnswer);
}
