namespace PlexAuth.Tests.Pins;

/// <summary>Answers in the shapes that plex.tv documents and clients have recorded.</summary>
internal static class PinAnswers
{
    public const string Token = "wYQz3tnYyR7DsHY3zL9x";

    public const string Gone = """{"errors":[{"code":1020,"message":"Code not found or expired"}]}""";

    public const string Account = """{"id":13692262,"uuid":"dae343c1f45beb4f","username":"Username","title":"UsernameTitle","email":"username@email.com","authToken":"wYQz3tnYyR7DsHY3zL9x"}""";

    public const string PendingXml =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <pin id="308667304" code="7RQZ" product="Tautulli" trusted="0" clientIdentifier="my-app-7f3c" expiresIn="900" createdAt="2024-07-16T17:03:05Z"
          expiresAt="2024-07-16T17:18:05Z" authToken="" newRegistration="" qr="https://plex.tv/api/v2/pins/qr/7RQZ">
          <location code="NL" european_union_member="1" continent_code="EU" country="Netherlands" city="Breda" time_zone="Europe/Amsterdam" postal_code="4814"
            in_privacy_restricted_country="1" in_privacy_restricted_region="0" subdivisions="North Brabant" coordinates="51.5869, 4.7471"/>
        </pin>
        """;

    public static string Pending { get; } = Pin("null");

    public static string Claimed { get; } = Pin($"\"{Token}\"", "false");

    public static string Pin(string authToken, string newRegistration = "null") =>
        $$"""
        {"id":308667304,"code":"7RQZ","product":"Tautulli","trusted":false,"qr":"https://plex.tv/api/v2/pins/qr/7RQZ","clientIdentifier":"my-app-7f3c",
        "location":{"code":"NL","european_union_member":true,"continent_code":"EU","country":"Netherlands","city":"Breda","time_zone":"Europe/Amsterdam",
        "postal_code":"4814","in_privacy_restricted_country":true,"in_privacy_restricted_region":false,"subdivisions":"North Brabant","coordinates":"51.5869, 4.7471"},
        "expiresIn":900,"createdAt":"2024-07-16T17:03:05Z","expiresAt":"2024-07-16T17:18:05Z","authToken":{{authToken}},"newRegistration":{{newRegistration}},"brandNew":1}
        """;
}
