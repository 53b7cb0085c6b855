using System.Text.Json;
using System.Text.Json.Serialization;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Pins;
using PlexAuth.Server.Sessions;

namespace PlexAuth.Server.Pages;

internal sealed record SignInForm(string? Login, string? Password, string? VerificationCode)
{
    public override string ToString() => "SignInForm(***)";
}

/// <param name="Service">What the server is called.</param>
/// <param name="Antiforgery">To be sent along with every call that changes something.</param>
internal sealed record SessionAnswer(string Service, string Antiforgery, AccountAnswer? Account)
{
    public override string ToString() => "SessionAnswer(***)";
}

internal sealed record AccountAnswer(int Id, string Username, string Title, string Email, DateTimeOffset JoinedAt, bool TwoFactorEnabled, bool HasPassword, bool Owner)
{
    public static AccountAnswer Of(BrowserSession session)
    {
        var account = session.Account;
        return new AccountAnswer(
            account.Id, account.Username, account.Title, account.Email, account.JoinedAt, account.TwoFactorEnabled, account.HasPassword, session.IsOwner);
    }
}

/// <param name="ForwardUrl">Where the link says to go afterwards.</param>
internal sealed record PinForm(string? Code, string? ClientIdentifier, string? ForwardUrl)
{
    public override string ToString() => "PinForm(***)";
}

/// <param name="Network">Where the app or device is, as coarsely as will do to recognise it.</param>
internal sealed record PinDetails(
    string Product, string? Version, string? Device, string? DeviceName, string? Model, string? Platform, string? PlatformVersion, string? Origin,
    DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string Network, bool SameNetwork, ForwardAddress? Forward);

/// <param name="DeviceId">The device to remove, should it have been a mistake.</param>
internal sealed record AllowedPin(long DeviceId);

internal sealed record AccountRowAnswer(int Id, string Username, string Title, string Email, DateTimeOffset JoinedAt, bool TwoFactorEnabled, bool Managed, bool Disabled)
{
    public static AccountRowAnswer Of(Account account) => new(
        account.Id, account.Username, account.Title, account.Email, account.JoinedAt, account.TwoFactorEnabled, account.Restricted, account.Disabled);
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, MaxDepth = 8, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SignInForm))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(SessionProblem))]
[JsonSerializable(typeof(PinForm))]
[JsonSerializable(typeof(PinDetails))]
[JsonSerializable(typeof(AllowedPin))]
[JsonSerializable(typeof(IReadOnlyList<AccountRowAnswer>))]
[JsonSerializable(typeof(PasswordForm))]
[JsonSerializable(typeof(IReadOnlyList<DevicePageAnswer>))]
[JsonSerializable(typeof(IReadOnlyList<EventPageAnswer>))]
[JsonSerializable(typeof(EnrolmentPageAnswer))]
[JsonSerializable(typeof(CodesPageAnswer))]
[JsonSerializable(typeof(HomePageAnswer))]
[JsonSerializable(typeof(HomeUserForm))]
[JsonSerializable(typeof(HomePinForm))]
[JsonSerializable(typeof(HomeSwitchForm))]
internal sealed partial class PageJson : JsonSerializerContext;
