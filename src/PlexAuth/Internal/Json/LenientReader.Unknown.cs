using System.Text.Json;

namespace PlexAuth.Internal.Json;

internal ref partial struct LenientReader
{
    /// <summary>More than all known answers have; each costs many times its length in memory.</summary>
    private const int MostKept = 1000;

    /// <summary>Keeps a member nobody here knows, as it came, up to a number for the whole answer.</summary>
    public void Keep(ref Dictionary<string, JsonElement>? members)
    {
        if (_nameLength == 0 || _kept == MostKept)
            return;

        try
        {
            var value = JsonElement.ParseValue(ref _json);
            (members ??= new(StringComparer.Ordinal))[Name.ToString()] = value;
            _kept++;
        }
        catch (JsonException)
        {
            IsDamaged = true;
        }
    }
}
