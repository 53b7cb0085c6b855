using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using PlexAuth.Server.Http;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Http.Description;

namespace PlexAuth.Server.Administration;

/// <summary>What the server's owner does with its accounts from afar, at addresses of this server's own: what the tool does on the data itself.</summary>
internal static class AdministrationEndpoints
{
    /// <summary>Some ten thousand accounts.</summary>
    private const int MaxImportSize = 16 * 1024 * 1024;

    private const int MostEvents = 100_000;

    private static AdministrationJson Json => AdministrationJson.Default;

    public static void MapAdministration(this IEndpointRouteBuilder app)
    {
        var api = app.MapRole(PlexRole.Administration, ProtocolPath.Administration);
        api.Requires(TokenRequirement.Administrator).WithMetadata(new ControlOperation()).WithTags("administration");
        api.MapGet("/accounts", ListAsync).Describe<IReadOnlyList<PlexAuthAccountDetails>>("administrationListAccounts", "All accounts, or the one with a login");
        api.MapPost("/accounts", AddAsync).Takes<NewAccountForm>().Describe<PlexAuthAccount>("administrationAddAccount", "Add an account");
        api.MapPut("/accounts/{id:int}/disabled", SetDisabledAsync).Takes<DisabledForm>().Describe("administrationDisableAccount", "Refuse an account's sign-ins and tokens, or allow them again");
        api.MapPut("/accounts/{id:int}/password", ResetPasswordAsync).Takes<NewPasswordForm>().Describe("administrationResetPassword", "Give an account a new password and sign all its devices out");
        api.MapGet("/accounts/{id:int}/devices", ListDevicesAsync).Describe<IReadOnlyList<PlexAuthDevice>>("administrationListDevices", "An account's devices");
        api.MapDelete("/accounts/{id:int}/devices/{device:long}", RemoveDeviceAsync).Takes<ConfirmedForm>().Describe<RemovedDevices>("administrationRemoveDevice", "Sign a device out");
        api.MapDelete("/accounts/{id:int}/devices", RemoveDevicesAsync).Takes<ConfirmedForm>().Describe<RemovedDevices>("administrationRemoveDevices", "Sign all of an account's devices out");
        api.MapPost("/accounts/export", ExportAsync).Takes<ConfirmedForm>().Describe<PlexAuthAccountFile>("administrationExportAccounts", "All accounts, passwords and second factors encrypted");
        api.MapPost("/accounts/import", ImportAsync).Takes<ImportForm>().Describe<IReadOnlyList<PlexAuthImportedAccount>>("administrationImportAccounts", "Take accounts in")
            .WithMetadata(new RequestSizeLimitAttribute(MaxImportSize));
        api.MapGet("/events", ReadAuditAsync).Describe<IReadOnlyList<PlexAuthSecurityEvent>>("administrationReadAudit", "The audit trail, the latest first");
    }

    private static async Task<IResult> ListAsync(string? login, PlexAuthAccounts accounts, CancellationToken cancellationToken)
    {
        IReadOnlyList<PlexAuthAccountDetails> found = login is null ? await accounts.ListAsync(cancellationToken)
            : await accounts.FindAsync(login, cancellationToken) is { } one ? [one]
            : [];
        return TypedResults.Json(found, Json.IReadOnlyListPlexAuthAccountDetails);
    }

    private static Task<IResult> AddAsync(HttpContext context, PlexRequest call, Administrator administrator, CancellationToken cancellationToken) => administrator.ChangeAsync(
        context, call, Json.NewAccountForm,
        async (form, accounts) => TypedResults.Json(await accounts.CreateAsync(form.Username, form.Email, form.Password, cancellationToken), Json.PlexAuthAccount));

    private static Task<IResult> SetDisabledAsync(int id, HttpContext context, PlexRequest call, Administrator administrator, CancellationToken cancellationToken) => administrator.ChangeAsync(
        context, call, Json.DisabledForm,
        async (form, accounts) => await accounts.SetDisabledAsync(id, form.Disabled, cancellationToken) ? PlexResult.NoContent : PlexResult.Refused(call, PlexErrorCode.NotFound));

    private static Task<IResult> ResetPasswordAsync(int id, HttpContext context, PlexRequest call, Administrator administrator, CancellationToken cancellationToken) => administrator.ChangeAsync(
        context, call, Json.NewPasswordForm,
        async (form, accounts) =>
        {
            await accounts.ResetPasswordAsync(id, form.Password, form.DisableTwoFactor, cancellationToken);
            return PlexResult.NoContent;
        });

    private static async Task<IResult> ListDevicesAsync(int id, PlexAuthAccounts accounts, CancellationToken cancellationToken) =>
        TypedResults.Json(await accounts.ListDevicesAsync(id, cancellationToken), Json.IReadOnlyListPlexAuthDevice);

    private static Task<IResult> RemoveDeviceAsync(int id, long device, HttpContext context, PlexRequest call, Administrator administrator, CancellationToken cancellationToken) =>
        administrator.ChangeAsync(
            context, call, Json.ConfirmedForm,
            async (_, accounts) => await accounts.RemoveDeviceAsync(id, device, cancellationToken) ? Removed(1) : PlexResult.Refused(call, PlexErrorCode.NotFound));

    private static Task<IResult> RemoveDevicesAsync(int id, HttpContext context, PlexRequest call, Administrator administrator, CancellationToken cancellationToken) => administrator.ChangeAsync(
        context, call, Json.ConfirmedForm, async (_, accounts) => Removed(await accounts.RemoveDevicesAsync(id, cancellationToken)));

    private static Task<IResult> ExportAsync(HttpContext context, PlexRequest call, Administrator administrator, CancellationToken cancellationToken) => administrator.ChangeAsync(
        context, call, Json.ConfirmedForm, async (_, accounts) => TypedResults.Json(await accounts.ExportAsync(cancellationToken), Json.PlexAuthAccountFile));

    private static Task<IResult> ImportAsync(HttpContext context, PlexRequest call, Administrator administrator, CancellationToken cancellationToken) => administrator.ChangeAsync(
        context, call, Json.ImportForm,
        async (form, accounts) =>
        {
            call.TakeTime();
            return TypedResults.Json(await accounts.ImportAsync(form.File, cancellationToken), Json.IReadOnlyListPlexAuthImportedAccount);
        });

    private static async Task<IResult> ReadAuditAsync(int? account, DateTimeOffset? since, int? limit, PlexAuthAccounts accounts, CancellationToken cancellationToken) =>
        TypedResults.Json(
            await accounts.ReadAuditAsync(account, since ?? DateTimeOffset.UnixEpoch, Math.Clamp(limit ?? 100, 1, MostEvents), cancellationToken), Json.IReadOnlyListPlexAuthSecurityEvent);

    private static JsonHttpResult<RemovedDevices> Removed(int count) => TypedResults.Json(new RemovedDevices(count), Json.RemovedDevices);

    private static RouteHandlerBuilder Takes<T>(this RouteHandlerBuilder route)
        where T : ConfirmedForm => route.Accepts<T>("application/json").ProducesProblem(403).ProducesProblem(422);

    private static RouteHandlerBuilder Describe<T>(this RouteHandlerBuilder route, string id, string summary) => route.WithName(id).WithSummary(summary).Produces<T>(200, "application/json").ProducesProblem(401);

    private static RouteHandlerBuilder Describe(this RouteHandlerBuilder route, string id, string summary) => route.WithName(id).WithSummary(summary).Produces(204).ProducesProblem(401);
}
