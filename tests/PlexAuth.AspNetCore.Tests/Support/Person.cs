namespace PlexAuth.AspNetCore.Tests;

/// <summary>Somebody with an account at the stub service.</summary>
internal sealed record Person(int Id, string Uuid, string Name, string Token)
{
    public const string LivingRoom = "0123456789abcdef0123456789abcdef01234567";

    /// <summary>Owns the server.</summary>
    public static Person Alice { get; } = new(1, "a11ce00000000001", "Alice", "alice-token-00000001") { Resources = Server(owned: true, home: true) };

    /// <summary>A friend the server is shared with.</summary>
    public static Person Bob { get; } = new(2, "b0b0000000000002", "Bob", "bob-token-0000000002") { Resources = Server(owned: false, home: false) };

    /// <summary>In the owner's Plex Home.</summary>
    public static Person Frank { get; } = new(3, "f0a0000000000003", "Frank", "frank-token-00000003") { Resources = Server(owned: false, home: true) };

    /// <summary>Has an account and nothing else but a player that calls itself like the server.</summary>
    public static Person Dave { get; } = new(4, "da0e000000000004", "Dave", "dave-token-000000004")
    {
        Resources = $$"""[{"name":"TV","clientIdentifier":"{{LivingRoom}}","provides":"client,player","owned":true,"home":true},{"odd":[]},7]""",
    };

    public string Resources { get; init; } = "[]";

    public string Email => $"{Name.ToLowerInvariant()}@example.com";

    public string Account =>
        $$"""
        {"id":{{Id}},"uuid":"{{Uuid}}","username":"{{Name.ToLowerInvariant()}}","title":"{{Name}}","email":"{{Email}}","confirmed":true,"home":true,"homeAdmin":{{(Id == 1 ? "true" : "false")}},
        "restricted":false,"guest":false,"thumb":"https://plex.tv/users/{{Uuid}}/avatar?c=1","authToken":"{{Token}}","subscription":{"active":{{(Id == 1 ? "true" : "false")}}},"country":"NL"}
        """;

    private static string Server(bool owned, bool home) =>
        $$"""
        [{"name":"TV","clientIdentifier":"tv-1","provides":"client,player","owned":true,"accessToken":null},
        {"name":"Living Room","product":"Plex Media Server","clientIdentifier":"{{LivingRoom}}","provides":"server","owned":{{(owned ? "true" : "false")}},"home":{{(home ? "true" : "false")}},"connections":[]}]
        """;
}
