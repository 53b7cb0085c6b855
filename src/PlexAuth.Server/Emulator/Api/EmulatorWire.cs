using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace PlexAuth.Server.Emulator;

// The bodies of /_emulator. Their names are a promise to scripts; a change that breaks one raises EmulatorEndpoints.Version.
internal sealed record HealthAnswer(string Status, int Version, Uri AccountUrl, Uri ServerUrl, bool Strict);

internal sealed record ClockAnswer(DateTimeOffset Now, double AdvancedSeconds, bool Stopped);

internal sealed record ClockChange(double AdvanceSeconds = 0, bool? Stopped = null);

internal sealed record FaultForm(
    string? Operation, int Times = 1, int? Status = null, int? Code = null, double? RetryAfterSeconds = null, double DelaySeconds = 0, bool Drop = false, bool Truncate = false,
    bool Xml = false, bool Html = false, double SlowByteMilliseconds = 0, Dictionary<string, JsonNode?>? Fields = null)
{
    public PlexEmulatorFault ToFault() => new()
    {
        Status = Status,
        Code = Code,
        RetryAfter = RetryAfterSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        Delay = TimeSpan.FromSeconds(DelaySeconds),
        Drop = Drop,
        Truncate = Truncate,
        Xml = Xml,
        Html = Html,
        SlowByte = TimeSpan.FromMilliseconds(SlowByteMilliseconds),
        Fields = Fields ?? [],
    };
}

internal sealed record OutageForm(bool AccountService);

internal sealed record PersonaAnswer(string Name, string? Email, string? Password, string Token, string? HomePin, string? TotpSecret, string About)
{
    public static PersonaAnswer Of(PlexAuthPersona one) => new(one.Name, one.Email, one.Password, one.Token, one.HomePin, one.TotpSecret, one.About);

    public override string ToString() => Name;
}

internal sealed record PinDecision(string? Code, string? Account);

internal sealed record AutomaticPinsForm(string? Account);

internal sealed record IssueForm(string? Account, PlexTokenKind Kind = PlexTokenKind.Account, string? ClientIdentifier = null, double? LifetimeSeconds = null);

internal sealed record IssueAnswer(string Token)
{
    public override string ToString() => "IssueAnswer(***)";
}

/// <param name="Account">Ends all tokens of an account, in place of one token.</param>
internal sealed record EndForm(string? Token = null, string? Account = null)
{
    public override string ToString() => "EndForm(***)";
}

internal sealed record EndAnswer(int Ended);

internal sealed record ProblemAnswer(string Error);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UseStringEnumConverter = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ClockAnswer))]
[JsonSerializable(typeof(ClockChange))]
[JsonSerializable(typeof(FaultForm))]
[JsonSerializable(typeof(OutageForm))]
[JsonSerializable(typeof(IReadOnlyList<PersonaAnswer>))]
[JsonSerializable(typeof(IReadOnlyList<PlexEmulatorRequest>))]
[JsonSerializable(typeof(PinDecision))]
[JsonSerializable(typeof(AutomaticPinsForm))]
[JsonSerializable(typeof(IssueForm))]
[JsonSerializable(typeof(IssueAnswer))]
[JsonSerializable(typeof(EndForm))]
[JsonSerializable(typeof(EndAnswer))]
[JsonSerializable(typeof(ProblemAnswer))]
[JsonSerializable(typeof(PlexSeed))]
internal sealed partial class EmulatorJson : JsonSerializerContext;
