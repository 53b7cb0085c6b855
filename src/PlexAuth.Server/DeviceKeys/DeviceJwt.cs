namespace PlexAuth.Server.DeviceKeys;

/// <summary>What a token signed by a device must be.</summary>
internal static class DeviceJwt
{
    public static bool HasKnownScopes(PlexJwt jwt) => jwt.Claims.Scopes.All(scope => PlexJwtScopes.All.Contains(scope, StringComparer.Ordinal));

    /// <returns>Null for a good one.</returns>
    public static DeviceKeyAnswer? Refusal(string token, PlexJwk key, string clientIdentifier, DateTimeOffset now) =>
        PlexJwt.Verify(token, [key], PlexJwtRules.ForDevice(clientIdentifier), now).Status switch
        {
            PlexJwtStatus.Valid => null,
            PlexJwtStatus.Expired => new DeviceKeyAnswer.Expired(),
            _ => new DeviceKeyAnswer.Refused(),
        };
}
