using System.Text;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Http.Wire;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Tokens;

namespace PlexAuth.Server.Claiming;

internal static class ClaimWire
{
    public static byte[] RenderClaim(string token) => WireDocument.Render(PlexFormat.Json, "", body => body.Text("token", token));

    /// <summary>As an element, which the start scripts of Plex Media Server look for by its name.</summary>
    public static byte[] RenderExchange(PlexToken token) =>
        Encoding.UTF8.GetBytes($"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<response><authentication-token>{token.Reveal()}</authentication-token></response>");

    /// <param name="format">JSON or XML.</param>
    /// <param name="caller">The owner.</param>
    /// <param name="token">The caller's own account token; null for a caller with a lesser one, who learns no other.</param>
    /// <param name="connection">How the server is reached.</param>
    public static byte[] RenderAccount(PlexFormat format, TokenGrant caller, PlexToken? token, Connection? connection)
    {
        return format == PlexFormat.Json ? WireDocument.Render(format, "", body => body.Object("MyPlex", Write)) : WireDocument.Render(format, "MyPlex", Write);

        void Write(WireWriter wire)
        {
            wire.Text("authToken", token?.Reveal() ?? "");
            wire.Text("username", caller.Account.Email);
            wire.Text("mappingState", "mapped");
            wire.Text("mappingError", "");
            wire.Text("signInState", "ok");
            wire.Text("publicAddress", connection is { Local: false } ? connection.Address : "");
            wire.Number("publicPort", connection is { Local: false } ? connection.Port : 0);
            wire.Text("privateAddress", connection is { Local: true } ? connection.Address : "");
            wire.Number("privatePort", connection is { Local: true } ? connection.Port : 0);
            wire.Text("subscriptionFeatures", string.Join(',', AccountWire.Features));
            wire.Flag("subscriptionActive", caller.Account.SubscriptionActive);
            wire.Text("subscriptionState", caller.Account.SubscriptionActive ? "Active" : "Inactive");
        }
    }
}
