using PlexAuth.Internal.Json;

namespace PlexAuth.Internal.Resources;

/// <summary>What a media server says of itself to everybody.</summary>
internal sealed record IdentityAnswer(string MachineIdentifier)
{
    public static IdentityAnswer? Read(ref LenientReader json)
    {
        json.Unwrap("MediaContainer");
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            if (json.Name is "machineIdentifier" && json.TextOrNull() is { } identifier)
                return new(identifier);
        }

        return null;
    }
}
