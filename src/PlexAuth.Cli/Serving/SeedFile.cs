using System.Text.Json;
using System.Text.Json.Serialization;
using PlexAuth.Server;

namespace PlexAuth.Cli.Serving;

// The file of --seed: docs/seed.schema.json.
internal static class SeedFile
{
    public static async Task<PlexSeed> ReadAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            await using var stream = File.OpenRead(file);
            return await JsonSerializer.DeserializeAsync(stream, SeedJson.Default.PlexSeed, cancellationToken)
                ?? throw ToolException.Usage($"--seed: '{file}' holds null. Write an object as docs/seed.schema.json describes.");
        }
        catch (JsonException exception)
        {
            throw ToolException.Usage($"--seed: '{file}' is not a seed as docs/seed.schema.json describes it. {exception.Message}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw ToolException.Usage($"--seed: '{file}' cannot be read: {exception.Message}");
        }
    }
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PlexSeed))]
internal sealed partial class SeedJson : JsonSerializerContext;
