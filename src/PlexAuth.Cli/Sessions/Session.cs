using System.Text.Json;
using System.Text.Json.Serialization;

namespace PlexAuth.Cli.Sessions;

// The signed-in account. The token was issued by one account service to one client identifier, and is sent to no other in its name.
internal sealed record Session(Uri AccountUrl, string ClientIdentifier, string Account, [property: JsonConverter(typeof(PlexTokenConverter))] PlexToken Token);

internal sealed class PlexTokenConverter : JsonConverter<PlexToken>
{
    public override PlexToken Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return new PlexToken(reader.GetString() ?? "");
        }
        catch (ArgumentException exception)
        {
            throw new JsonException(exception.Message, exception);
        }
    }

    public override void Write(Utf8JsonWriter writer, PlexToken value, JsonSerializerOptions options) => writer.WriteStringValue(value.Reveal());
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, WriteIndented = true)]
[JsonSerializable(typeof(Session))]
internal sealed partial class SessionJson : JsonSerializerContext;
