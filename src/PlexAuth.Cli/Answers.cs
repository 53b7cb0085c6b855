using System.Text.Json.Serialization;

namespace PlexAuth.Cli;

// The objects of --json. Their names are a promise to scripts.
internal sealed record AccountAnswer(
    int Id, string Uuid, string Username, string Title, string Email, bool PlexPass, bool Home, bool HomeAdmin, bool Restricted, bool TwoFactorEnabled,
    Uri AccountUrl, string ClientIdentifier);

internal sealed record TokenAnswer(string Token, DateTimeOffset? ExpiresAt);

internal sealed record SourceAnswer(string? Name, string ClientIdentifier, string? AccessToken, IReadOnlyList<ConnectionAnswer> Connections);

internal sealed record ConnectionAnswer(string Protocol, string Address, int Port, Uri? Uri, bool Local, bool Relay);

internal sealed record SignOutAnswer(bool SignedOut);

internal sealed record ServeAnswer(Uri AccountUrl, Uri ServerUrl, IReadOnlyList<Uri> Addresses, bool Dev);

internal sealed record NewAccountAnswer(int Id, string Uuid, string Username, string Email, bool Owner);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AccountAnswer))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(SourceAnswer))]
[JsonSerializable(typeof(SignOutAnswer))]
[JsonSerializable(typeof(ServeAnswer))]
[JsonSerializable(typeof(NewAccountAnswer))]
internal sealed partial class Answers : JsonSerializerContext;
