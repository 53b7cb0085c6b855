using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace PlexAuth.Server.Pages;

/// <summary>A file of the pages, ready to be sent.</summary>
internal sealed record PageFile(byte[] Content, string ContentType)
{
    public string EntityTag { get; } = $"\"{Convert.ToHexStringLower(SHA256.HashData(Content))[..32]}\"";
}

/// <summary>The pages' files, embedded in the assembly. Markup comes in parts that are put together once; scripts and styles are sent as they are.</summary>
internal static class PageFiles
{
    private const string Prefix = "pages/";

    public static FrozenDictionary<string, PageFile> Assets { get; } = typeof(PageFiles).Assembly.GetManifestResourceNames()
        .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal) && !resource.EndsWith(".html", StringComparison.Ordinal))
        .ToFrozenDictionary(resource => resource[Prefix.Length..], resource => new PageFile(Read(resource), ContentTypeOf(resource)));

    /// <summary>A whole page, from the layout, the part of that name and the script of that name.</summary>
    public static PageFile Page(string name, string title)
    {
        var text = Part("layout").Replace("{main}", Part(name), StringComparison.Ordinal);
        foreach (var part in new[] { "sign-in", "consent" })
            text = text.Replace($"{{{part}}}", Part(part), StringComparison.Ordinal);

        text = text.Replace("{title}", title, StringComparison.Ordinal).Replace("{page}", name, StringComparison.Ordinal);
        return new PageFile(Encoding.UTF8.GetBytes(text), "text/html; charset=utf-8");
    }

    private static string Part(string name) => Encoding.UTF8.GetString(Read($"{Prefix}{name}.html")).TrimEnd('\n');

    private static byte[] Read(string resource)
    {
        using var stream = typeof(PageFiles).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The file '{resource}' is not embedded in the assembly.");
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    private static string ContentTypeOf(string resource) => Path.GetExtension(resource) switch
    {
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        var extension => throw new InvalidOperationException($"The pages have no content type for '{extension}' files."),
    };
}
