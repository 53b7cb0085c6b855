using System.Text.Json;

namespace PlexAuth.Tests.Keys;

/// Test vectors of the Wycheproof project, if their folder stands beside the repository.
internal static class Wycheproof
{
    public static JsonElement Load(string file)
    {
        var path = Find(file);
        Assert.SkipWhen(path is null, $"shared/wycheproof/{file} is not beside the repository");
        using var document = JsonDocument.Parse(File.ReadAllBytes(path!));
        return document.RootElement.Clone();
    }

    private static string? Find(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "wycheproof", file);
            if (File.Exists(path))
                return path;
        }

        return null;
    }
}
