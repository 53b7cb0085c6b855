using System.Text;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Tests.Http;

[Requirement("T28"), Requirement("T29")]
public sealed class IdentityTextTests
{
    [Fact]
    public void The_same_name_in_UTF_8_and_in_Latin_1_is_the_same_name()
    {
        static string Received(byte[] bytes) => IdentityText.FromHeader(Encoding.Latin1.GetString(bytes));

        Received([.. "Caf"u8, 0xC3, 0xA9]).ShouldBe("Café");
        Received([.. "Caf"u8, 0xE9]).ShouldBe("Café");
    }

    [Theory]
    [InlineData("Living Room", "Living Room")]
    [InlineData("  TV ", "TV")]
    [InlineData("a\u0000b\u001bc\u007fd\u0085e", "abcde")]
    [InlineData("abc\u202Etxt\u2066\u200F", "abctxt")]
    [InlineData("テレビ 📺", "テレビ 📺")]
    [InlineData("Cafe\u0301", "Caf\u00e9")]
    public void Names_lose_what_could_break_a_page_or_a_terminal(string received, string expected) => IdentityText.Clean(received).ShouldBe(expected);

    [Fact]
    public void Half_a_character_is_dropped() => IdentityText.Clean("a" + (char)0xD83D + "b").ShouldBe("ab");

    [Fact]
    public void Long_names_are_cut_between_characters()
    {
        IdentityText.Clean(new string('a', 1000)).Length.ShouldBe(256);
        IdentityText.Clean(new string('a', 255) + "📺").ShouldBe(new string('a', 255));
    }

    [Theory]
    [InlineData("0x0242ac120002", true)]
    [InlineData("{9f2c1e1e-7b0c-4b0e-9d0a-000000000001}", true)]
    [InlineData("dGVzdA==", true)]
    [InlineData("a b", false)]
    [InlineData("caf\u00e9", false)]
    [InlineData("\"><script>", false)]
    public void Identifiers_have_a_small_alphabet(string value, bool expected) => IdentityText.IsOpaque(value).ShouldBe(expected);
}
