using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace PlexAuth.Acceptance.Tests;

/// <summary>What the stories promise of themselves: that there are fifteen, and that each is told in ten lines.</summary>
public sealed partial class StoryTests
{
    private const int Stories = 15;
    private const int Lines = 10;

    [Fact]
    public void All_fifteen_are_told_and_each_in_ten_lines_at_most()
    {
        var told = Directory.GetFiles(Folder(), "*Stories.cs").SelectMany(file => Story().Matches(File.ReadAllText(file))).ToDictionary(
            story => int.Parse(story.Groups["number"].Value, System.Globalization.CultureInfo.InvariantCulture), story => story.Groups["line"].Captures.Count(IsStatement));

        told.Keys.ShouldBe(Enumerable.Range(1, Stories), ignoreOrder: true);
        told.Where(story => story.Value > Lines).ShouldBeEmpty();
    }

    private static bool IsStatement(Capture line) => line.Value.Trim() is not ("" or "{" or "}");

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"Task Story_(?<number>\d\d)_\w+\(\)\n    \{\n(?:(?<line>(?:        .*)?)\n)+?    \}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Story();
}
