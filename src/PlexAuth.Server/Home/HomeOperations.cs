using PlexAuth.Server.Http.Description;

namespace PlexAuth.Server.Home;

/// <summary>How the API's description puts Plex Home.</summary>
internal static class HomeOperations
{
    public static Operation Get { get; } = new("getHome", "The account's Home");

    public static Operation List { get; } = new("getHomeUsers", "Who is in the account's Home, and whom a PIN protects");

    public static Operation Switch { get; } = new("switchHomeUser", "Hands the calling device over to a member of the Home, with a token of its own")
    {
        Success = 201,
        Query = [new("pin", "Four digits, where the member has a PIN; also taken from a form or JSON body")],
        Refusals = [400, 401, 403, 404, 429],
    };
}
