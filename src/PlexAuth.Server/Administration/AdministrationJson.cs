using System.Text.Json;
using System.Text.Json.Serialization;

namespace PlexAuth.Server.Administration;

/// <summary>Proof that it is the owner who asks, for this one change.</summary>
/// <param name="Password">The owner's.</param>
/// <param name="VerificationCode">For an owner with a second factor.</param>
internal sealed record Confirmation(string? Password, string? VerificationCode = null)
{
    public override string ToString() => "Confirmation(***)";
}

/// <summary>A change, which needs proof.</summary>
internal record ConfirmedForm(Confirmation? Confirmation = null);

internal sealed record NewAccountForm(string Username, string Email, string Password, Confirmation? Confirmation = null) : ConfirmedForm(Confirmation)
{
    public override string ToString() => "NewAccountForm(***)";
}

internal sealed record DisabledForm(bool Disabled, Confirmation? Confirmation = null) : ConfirmedForm(Confirmation);

internal sealed record NewPasswordForm(string Password, bool DisableTwoFactor = false, Confirmation? Confirmation = null) : ConfirmedForm(Confirmation)
{
    public override string ToString() => "NewPasswordForm(***)";
}

internal sealed record ImportForm(PlexAuthAccountFile File, Confirmation? Confirmation = null) : ConfirmedForm(Confirmation);

internal sealed record RemovedDevices(int Removed);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, AllowDuplicateProperties = false, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(IReadOnlyList<PlexAuthAccountDetails>))]
[JsonSerializable(typeof(IReadOnlyList<PlexAuthDevice>))]
[JsonSerializable(typeof(IReadOnlyList<PlexAuthSecurityEvent>))]
[JsonSerializable(typeof(IReadOnlyList<PlexAuthImportedAccount>))]
[JsonSerializable(typeof(PlexAuthAccount))]
[JsonSerializable(typeof(PlexAuthAccountFile))]
[JsonSerializable(typeof(ConfirmedForm))]
[JsonSerializable(typeof(NewAccountForm))]
[JsonSerializable(typeof(DisabledForm))]
[JsonSerializable(typeof(NewPasswordForm))]
[JsonSerializable(typeof(ImportForm))]
[JsonSerializable(typeof(RemovedDevices))]
internal sealed partial class AdministrationJson : JsonSerializerContext;
