using Microsoft.AspNetCore.Http;

namespace PlexAuth.Server.Http;

internal static class Verbs
{
    /// <summary>What only reads also answers HEAD.</summary>
    public static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];
}
