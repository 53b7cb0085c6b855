using System.Text.RegularExpressions;

namespace PlexAuth.Recipes.Tests;

/// <summary>The documents, and the programs in them.</summary>
internal static partial class Repository
{
    public static readonly string Root = FindRoot();

    public static string Guide => File.ReadAllText(Path.Combine(Root, "docs", "testing.md"));

    /// <summary>The blocks of the guide that are files, by name.</summary>
    public static IReadOnlyDictionary<string, string> Recipes { get; } =
        Block().Matches(Guide).ToDictionary(block => block.Groups["file"].Value, block => block.Groups["text"].Value);

    [GeneratedRegex(@"^```\w+ file=(?<file>\S+)\n(?<text>.*?)^```$", RegexOptions.ExplicitCapture | RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PlexAuth.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("Run these tests from within the repository: the documents are there.");
        return folder.FullName;
    }
}
