using System.Globalization;
using PlexAuth.Server.Text;

namespace PlexAuth.Server.Tests.Text;

public sealed class UnicodeCompositionTests
{
    [Fact, Requirement("RA1"), Requirement("RI1")]
    public void Text_has_one_spelling_whatever_the_runtime_knows_of_Unicode()
    {
        var vectors = File.ReadAllLines("Text/nfc.txt").Where(line => line[0] != '#').Select(line => line.Split(';')).ToList();

        vectors.Count.ShouldBeGreaterThan(600);
        foreach (var vector in vectors)
            UnicodeComposition.Compose(Text(vector[0])).ShouldBe(Text(vector[1]), vector[0]);
        vectors.ShouldAllBe(vector => UnicodeComposition.Compose(Text(vector[1])) == Text(vector[1]));
    }

    [Fact]
    public void What_is_no_text_and_what_is_plain_stay_what_they_are()
    {
        UnicodeComposition.Compose("").ShouldBe("");
        UnicodeComposition.Compose("plain, é and ÿ").ShouldBe("plain, é and ÿ");
        UnicodeComposition.Compose("a\ud800b").ShouldBe("a\ufffdb");
    }

    private static string Text(string hexadecimal) =>
        string.Concat(hexadecimal.Split(' ').Select(point => char.ConvertFromUtf32(int.Parse(point, NumberStyles.HexNumber, CultureInfo.InvariantCulture))));
}
