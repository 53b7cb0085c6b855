using System.Text.Json;

namespace PlexAuth.AspNetCore.Accounts;

/// <summary>A media server as one account sees it.</summary>
/// <param name="MachineIdentifier">Which one.</param>
/// <param name="Owned">The account owns it.</param>
/// <param name="Home">Its owner is in the same Plex Home.</param>
internal sealed record AccountServer(string MachineIdentifier, bool Owned, bool Home)
{
    /// <summary>Skips players, and whatever cannot be read: less access, never more.</summary>
    public static IReadOnlyList<AccountServer> Read(JsonElement resources)
    {
        if (resources.ValueKind != JsonValueKind.Array)
            throw new JsonException();

        return [.. resources.EnumerateArray()
            .Where(resource => resource.ValueKind == JsonValueKind.Object && Text(resource, "provides").Split(',', StringSplitOptions.TrimEntries).Contains("server", StringComparer.Ordinal))
            .Select(resource => new AccountServer(Text(resource, "clientIdentifier"), Flag(resource, "owned"), Flag(resource, "home")))];
    }

    private static string Text(JsonElement resource, string name) =>
        resource.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    private static bool Flag(JsonElement resource, string name) =>
        resource.TryGetProperty(name, out var value) && value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.Number => value.TryGetInt32(out var number) && number == 1,
            JsonValueKind.String => value.GetString() is "1" or "true",
            _ => false,
        };
}
