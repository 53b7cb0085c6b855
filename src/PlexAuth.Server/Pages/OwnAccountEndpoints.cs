using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Devices;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.SecondFactors;
using PlexAuth.Server.Sessions;

namespace PlexAuth.Server.Pages;

/// <summary>What a signed-in person sees and changes of their own account on the pages: devices, password, second factor, what happened lately.</summary>
internal static class OwnAccountEndpoints
{
    private const int LatestEvents = 50;

    public static void MapOwnAccount(this IEndpointRouteBuilder api)
    {
        api.MapGet("/devices", ListDevicesAsync).Requires(SessionRequirement.SignedIn);
        api.MapDelete("/devices/{id}", RemoveDeviceAsync).Requires(SessionRequirement.SignedIn);
        api.MapDelete("/devices", RemoveDevicesAsync).Requires(SessionRequirement.SignedIn);
        api.MapGet("/events", ListEventsAsync).Requires(SessionRequirement.SignedIn);
        api.MapPut("/password", ChangePasswordAsync).Requires(SessionRequirement.SignedIn);
        api.MapPost("/two-factor", BeginAsync).Requires(SessionRequirement.SignedIn);
        api.MapPut("/two-factor", ConfirmAsync).Requires(SessionRequirement.SignedIn);
        api.MapDelete("/two-factor", DisableAsync).Requires(SessionRequirement.SignedIn);
        api.MapPost("/backup-codes", CreateCodesAsync).Requires(SessionRequirement.SignedIn);
    }

    private static async Task<IResult> ListDevicesAsync(HttpContext context, DeviceService devices)
    {
        IReadOnlyList<DevicePageAnswer> answer = [.. (await devices.ListAsync(context.Session().Account.Id, context.RequestAborted)).Select(DevicePageAnswer.Of)];
        return TypedResults.Json(answer, PageJson.Default.IReadOnlyListDevicePageAnswer);
    }

    private static async Task<IResult> RemoveDeviceAsync(string id, HttpContext context, DeviceService devices) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && await devices.RemoveAsync(context.Session().Account.Id, number, CallerOf(context).Actor, context.RequestAborted)
            ? TypedResults.NoContent()
            : OwnAccountProblem.DeviceMissing;

    private static async Task<IResult> RemoveDevicesAsync(HttpContext context, DeviceService devices)
    {
        await devices.RemoveOthersAsync(context.Session().Account.Id, keptDeviceId: null, CallerOf(context).Actor, context.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ListEventsAsync(HttpContext context, Database database)
    {
        var accountId = context.Session().Account.Id;
        var rows = await database.ReadAsync(session => SecurityEventStore.ListAsync(session, accountId, DateTimeOffset.UnixEpoch, LatestEvents), context.RequestAborted);
        IReadOnlyList<EventPageAnswer> answer = [.. rows.Select(EventPageAnswer.Of)];
        return TypedResults.Json(answer, PageJson.Default.IReadOnlyListEventPageAnswer);
    }

    /// <summary>Ends every other session and all tokens; this one goes on under another id.</summary>
    private static async Task<IResult> ChangePasswordAsync(HttpContext context, PasswordService passwords, SessionService sessions, Antiforgery antiforgery, OwnServer server)
    {
        if (await PageBody.ReadAsync(context, PageJson.Default.PasswordForm) is not { NewPassword: { } fresh } form)
            return SessionProblem.Malformed;

        var renewal = sessions.Renewal(SessionCookie.ReadSession(context)!);
        var change = new PasswordChange(context.Session().Account, form.Password, fresh, form.VerificationCode, KeptDeviceId: null, KeptTokenId: null) { Renewal = renewal };
        return await passwords.ChangeAsync(change, CallerOf(context), context.RequestAborted) switch
        {
            PasswordAnswer.Changed => SessionEndpoints.Started(context, renewal.Id, context.Session(), antiforgery, server),
            PasswordAnswer.Refused { Reason: { } reason } => new SessionProblem(StatusCodes.Status422UnprocessableEntity, "password_refused", reason),
            PasswordAnswer.Refused refused => OwnAccountProblem.Of(refused.Code),
            PasswordAnswer.Throttled { Code: var code } busy when code == PlexErrorCode.ServiceUnavailable => SessionProblem.Busy(busy.RetryAfter),
            PasswordAnswer.Throttled throttled => OwnAccountProblem.TooMany(throttled.RetryAfter),
            var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
        };
    }

    private static async Task<IResult> BeginAsync(HttpContext context, TwoFactorService service) =>
        await PageBody.ReadAsync(context, PageJson.Default.PasswordForm) is { } form
            ? Answer(await service.BeginAsync(context.Session().Account, form.Password, CallerOf(context), context.RequestAborted))
            : SessionProblem.Malformed;

    private static async Task<IResult> ConfirmAsync(HttpContext context, TwoFactorService service) =>
        await PageBody.ReadAsync(context, PageJson.Default.PasswordForm) is { VerificationCode: { } code }
            ? Answer(await service.ConfirmAsync(context.Session().Account, code, CallerOf(context), context.RequestAborted))
            : SessionProblem.Malformed;

    private static async Task<IResult> DisableAsync(HttpContext context, TwoFactorService service) =>
        await PageBody.ReadAsync(context, PageJson.Default.PasswordForm) is { } form
            ? Answer(await service.DisableAsync(context.Session().Account, form.Password, form.VerificationCode, CallerOf(context), context.RequestAborted))
            : SessionProblem.Malformed;

    private static async Task<IResult> CreateCodesAsync(HttpContext context, TwoFactorService service) =>
        await PageBody.ReadAsync(context, PageJson.Default.PasswordForm) is { } form
            ? Answer(await service.CreateBackupCodesAsync(context.Session().Account, form.Password, form.VerificationCode, CallerOf(context), context.RequestAborted))
            : SessionProblem.Malformed;

    private static IResult Answer(TwoFactorAnswer answer) => answer switch
    {
        TwoFactorAnswer.Begun begun => TypedResults.Json(EnrolmentPageAnswer.Of(begun), PageJson.Default.EnrolmentPageAnswer),
        TwoFactorAnswer.CodesCreated created => TypedResults.Json(new CodesPageAnswer(created.Codes), PageJson.Default.CodesPageAnswer),
        TwoFactorAnswer.Done => TypedResults.NoContent(),
        TwoFactorAnswer.Refused refused => OwnAccountProblem.Of(refused.Code),
        TwoFactorAnswer.Throttled throttled => OwnAccountProblem.TooMany(throttled.RetryAfter),
        _ => throw new InvalidOperationException($"No answer for {answer.GetType().Name}."),
    };

    private static Caller CallerOf(HttpContext context) => Caller.SignedIn(context.Connection.RemoteIpAddress);
}
