using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http.HttpResults;

namespace WebSignIn;

internal static class Pages
{
    public static ContentHttpResult Home(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true, Name: var name }
        ? Page($"Hello {name}", $"<dl>{string.Concat(user.Claims.Select(Row))}</dl><p><a href=\"/films\">Films for friends</a></p>{SignOut}")
        : Page("Hello", "<p>Nobody is signed in.</p><p><a href=\"/sign-in\">Sign in with Plex</a></p>");

    public static ContentHttpResult Films(ClaimsPrincipal user) => Page("Films", $"<p>{Encode(user.Identity!.Name!)} may use the media server.</p>{SignOut}");

    public static ContentHttpResult Denied() => Page("Not signed in", "<p>You did not allow it.</p><p><a href=\"/sign-in\">Try again</a></p>");

    private const string SignOut = "<form method=\"post\" action=\"/sign-out\"><button>Sign out</button></form>";

    private static string Row(Claim claim) => $"<dt>{Encode(claim.Type)}</dt><dd>{Encode(claim.Value)}</dd>";

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static ContentHttpResult Page(string title, string body) => TypedResults.Content(
        $"""
        <!doctype html>
        <html lang="en">
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <meta name="color-scheme" content="light dark">
        <title>{Encode(title)}</title>
        <h1>{Encode(title)}</h1>
        {body}
        """,
        "text/html; charset=utf-8");
}
