using System.Text.Json;
using System.Text.Json.Serialization;
using PlexAuth.Cli.Commands.Administration;
using PlexAuth.Server;

namespace PlexAuth.Cli;

// The objects of --json. Their names are a promise to scripts.
internal sealed record AccountAnswer(
    long Id, string Uuid, string Username, string Title, string Email, bool PlexPass, bool Home, bool HomeAdmin, bool Restricted, bool TwoFactorEnabled,
    Uri AccountUrl, string ClientIdentifier);

// The first line of a sign-in by code; the account follows once it is allowed.
internal sealed record PinAnswer(string Code, string Address, string LinkAddress, DateTimeOffset ExpiresAt);

internal sealed record TokenAnswer(string Token, DateTimeOffset? ExpiresAt);

internal sealed record SourceAnswer(string? Name, string ClientIdentifier, string? AccessToken, IReadOnlyList<ConnectionAnswer> Connections);

internal sealed record ConnectionAnswer(string Protocol, string Address, int Port, Uri? Uri, bool Local, bool Relay);

internal sealed record SignOutAnswer(bool SignedOut);

internal sealed record ServeAnswer(Uri AccountUrl, Uri ServerUrl, IReadOnlyList<Uri> Addresses, bool Dev, string? Certificate)
{
    // The personas' other media server.
    public Uri? AtticUrl { get; init; }
}

internal sealed record NewAccountAnswer(int Id, string Uuid, string Username, string Email, bool Owner);

internal sealed record ProfileAnswer(
    string Name, bool Current, string? Account, Uri AccountUrl, string ClientIdentifier, bool DeviceKey, DateTimeOffset? ExpiresAt);

internal sealed record ProfilesAnswer(IReadOnlyList<ProfileAnswer> Profiles);

internal sealed record DeviceKeyAnswer(string KeyId, string Thumbprint, DateTimeOffset? ExpiresAt);

internal sealed record VerificationAnswer(bool Valid, string Status, string? Problem);

internal sealed record ClaimsAnswer(
    string? KeyId, string Issuer, IReadOnlyList<string> Audiences, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, string? Thumbprint,
    long? UserId, string? Uuid, string? Username, string? Email);

internal sealed record IssuerKeyAnswer(string KeyId, string X, DateTimeOffset CreatedAt, bool Signs);

internal sealed record IssuerKeysAnswer(IReadOnlyList<IssuerKeyAnswer> Keys);

internal sealed record ServersAnswer(IReadOnlyList<ServerAnswer> Servers);

internal sealed record ServerAnswer(string Name, string ClientIdentifier, bool Owned, string? Owner, Uri? Uri, IReadOnlyList<AttemptAnswer> Attempts);

internal sealed record AttemptAnswer(Uri Uri, string Network, string Outcome, string Reason, int Milliseconds);

internal sealed record RestoreAnswer(string? Account);

internal sealed record HomeAnswer(long Id, string Name, IReadOnlyList<HomeUserAnswer> Users);

internal sealed record HomeUserAnswer(long Id, string Uuid, string Title, bool Admin, bool Restricted, bool Guest, bool Protected);

internal sealed record DoctorAnswer(IReadOnlyList<CheckAnswer> Checks);

// Status is ok, info or fail.
internal sealed record CheckAnswer(string Status, string Check, string Detail);

internal sealed record AccountDetailsAnswer(
    int Id, string Uuid, string Username, string Title, string Email, DateTimeOffset JoinedAt, bool Disabled, bool TwoFactorEnabled, bool Managed, bool HasPassword);

internal sealed record AccountListAnswer(IReadOnlyList<AccountDetailsAnswer> Accounts);

internal sealed record ImportedAnswer(string Username, bool Imported, bool PasswordKept, string? Reason, bool OwnsServer);

internal sealed record ImportAnswer(IReadOnlyList<ImportedAnswer> Accounts);

internal sealed record DeviceAnswer(
    long Id, string Name, string ClientIdentifier, string? Product, string? Platform, string? Address, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt);

internal sealed record DeviceListAnswer(IReadOnlyList<DeviceAnswer> Devices);

internal sealed record RemovedDevicesAnswer(int Removed);

internal sealed record AuditEntryAnswer(
    DateTimeOffset At, string Kind, int? AccountId, string? Username, string Actor, string? ClientIdentifier, string? Address, string? Subject, int? Code);

internal sealed record AuditAnswer(IReadOnlyList<AuditEntryAnswer> Events);

internal sealed record RotatedKeysAnswer(int? EncryptedAnew, IReadOnlyList<IssuerKeyAnswer>? Keys);

internal sealed record BackupCodesAnswer(IReadOnlyList<string> BackupCodes);

internal sealed record TwoFactorAnswer(bool Enabled);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccountAnswer))]
[JsonSerializable(typeof(PinAnswer))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(SourceAnswer))]
[JsonSerializable(typeof(SignOutAnswer))]
[JsonSerializable(typeof(ServeAnswer))]
[JsonSerializable(typeof(NewAccountAnswer))]
[JsonSerializable(typeof(ProfilesAnswer))]
[JsonSerializable(typeof(DeviceKeyAnswer))]
[JsonSerializable(typeof(VerificationAnswer))]
[JsonSerializable(typeof(ClaimsAnswer))]
[JsonSerializable(typeof(IssuerKeysAnswer))]
[JsonSerializable(typeof(ServersAnswer))]
[JsonSerializable(typeof(HomeAnswer))]
[JsonSerializable(typeof(RestoreAnswer))]
[JsonSerializable(typeof(DoctorAnswer))]
[JsonSerializable(typeof(AccountDetailsAnswer))]
[JsonSerializable(typeof(AccountListAnswer))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(DeviceListAnswer))]
[JsonSerializable(typeof(RemovedDevicesAnswer))]
[JsonSerializable(typeof(AuditAnswer))]
[JsonSerializable(typeof(RotatedKeysAnswer))]
[JsonSerializable(typeof(BackupCodesAnswer))]
[JsonSerializable(typeof(TwoFactorAnswer))]
[JsonSerializable(typeof(PlexAuthAccountFile))]
[JsonSerializable(typeof(PlexAuthAccount))]
[JsonSerializable(typeof(IReadOnlyList<PlexAuthAccountDetails>))]
[JsonSerializable(typeof(IReadOnlyList<PlexAuthDevice>))]
[JsonSerializable(typeof(IReadOnlyList<PlexAuthImportedAccount>))]
[JsonSerializable(typeof(IReadOnlyList<PlexAuthSecurityEvent>))]
[JsonSerializable(typeof(AdministrationForm))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class Answers : JsonSerializerContext;
