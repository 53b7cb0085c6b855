using System.Text.Json;

namespace PlexAuth.Internal.Json;

internal ref partial struct LenientReader
{
    /// <summary>Keeps a member nobody here knows, as it came.</summary>
    public void Keep(ref Dictionary<string, JsonElement>? members)
    {
        if (_nameLength == 0)
            return;

        try
        {
            var value = JsonElement.ParseValue(ref _json);
            (members ??= new(StringComparer.Ordinal))[Name.ToString()] = value;
        }
        catch (JsonException)
        {
            IsDamaged = true;
        }
    }
}
