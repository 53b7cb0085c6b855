using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace PlexAuth.Server.Pages;

/// <summary>Reads what a page sends. Only JSON will do: a form, or JSON called anything else, could come from another site without a preflight.</summary>
internal static class PageBody
{
    /// <returns>Null for anything malformed.</returns>
    public static async Task<T?> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
            return null;

        try
        {
            return await context.Request.ReadFromJsonAsync(type, context.RequestAborted);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
