using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Http.Access;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Administration;

/// <summary>Lets the server's owner change things from afar. A stolen token alone changes nothing: each change takes the password, and a code where there is a second factor.</summary>
internal sealed class Administrator(PlexAuthAccounts accounts, ProofService proofs, Database database)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <exception cref="InvalidDataException">The body is no JSON of this form.</exception>
    public async Task<IResult> ChangeAsync<TForm>(HttpContext context, PlexRequest call, JsonTypeInfo<TForm> form, Func<TForm, PlexAuthAccounts, Task<IResult>> change)
        where TForm : ConfirmedForm
    {
        var asked = await ReadAsync(context, form);
        try
        {
            return await ProveAsync(context, asked.Confirmation) switch
            {
                Proof.Given => await change(asked, accounts.As(context.Actor() with { Name = Actor.Operator.Name })),
                Proof.Refused refused => Confirmations.Refused(call, refused.Code),
                Proof.Throttled throttled => Confirmations.Refused(call, throttled.Code, throttled.RetryAfter),
                Proof.Busy busy => PlexResult.Refused(call, PlexErrorCode.ServiceUnavailable, busy.RetryAfter),
                var other => throw new InvalidOperationException($"No answer for {other.GetType().Name}."),
            };
        }
        catch (PlexAuthAccountException refused)
        {
            return PlexResult.Refused(call, new Refusal(refused.Code, StatusCodes.Status422UnprocessableEntity, refused.Message));
        }
        catch (FormatException refused)
        {
            return PlexResult.Refused(call, new Refusal(PlexErrorCode.BadRequest, StatusCodes.Status422UnprocessableEntity, refused.Message));
        }
        catch (Exception exception) when (exception is PlexAuthDatabaseException or HashQueueFullException)
        {
            return PlexResult.Refused(call, PlexErrorCode.ServiceUnavailable, Patience);
        }
    }

    private async Task<Proof> ProveAsync(HttpContext context, Confirmation? confirmation)
    {
        var proof = await proofs.ConfirmAsync(context.Grant().Account, confirmation?.Password, confirmation?.VerificationCode, context.Caller(), context.RequestAborted);
        return proof is Proof.Given given && !await database.WriteAsync(session => ProofService.UseAsync(session, given), context.RequestAborted)
            ? new Proof.Refused(PlexErrorCode.VerificationCodeInvalid)
            : proof;
    }

    private static async Task<TForm> ReadAsync<TForm>(HttpContext context, JsonTypeInfo<TForm> form)
        where TForm : ConfirmedForm
    {
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException("Only JSON is read.", StatusCodes.Status415UnsupportedMediaType);
        try
        {
            return await context.Request.ReadFromJsonAsync(form, context.RequestAborted) ?? throw new InvalidDataException("There is no form.");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException("The JSON is malformed.", exception);
        }
    }
}
