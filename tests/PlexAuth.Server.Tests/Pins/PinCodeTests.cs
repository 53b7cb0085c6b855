using PlexAuth.Server.Pins;
using PlexAuth.Server.Randomness;

namespace PlexAuth.Server.Tests.Pins;

public sealed class PinCodeTests
{
    // Chi-square limits for p = 1e-6: 31 and 35 degrees of freedom.
    private const double ShortLimit = 88;
    private const double StrongLimit = 94;
    private static readonly SystemRandomSource System = new();

    [Fact, Requirement("RP1")]
    public void A_short_code_has_twenty_bits_and_no_character_that_people_confuse()
    {
        Math.Pow(PinCode.ShortAlphabet.Length, PinCode.ShortLength).ShouldBe(1 << 20);
        PinCode.ShortAlphabet.Distinct().Count().ShouldBe(32);
        PinCode.ShortAlphabet.IndexOfAny(['0', 'O', '1', 'I']).ShouldBe(-1);
    }

    [Fact, Requirement("RP1")]
    public void Every_position_of_a_short_code_is_uniform()
    {
        var codes = Enumerable.Range(0, 64_000).Select(_ => PinCode.NewShort(System, PinCode.ShortLength)).ToArray();

        codes.ShouldAllBe(code => code.Length == 4);
        for (var position = 0; position < 4; position++)
            ChiSquare(codes.Select(code => code[position]), PinCode.ShortAlphabet).ShouldBeLessThan(ShortLimit, $"position {position}");
    }

    [Fact, Requirement("RP1")]
    public void Every_position_of_a_strong_code_is_uniform()
    {
        var codes = Enumerable.Range(0, 36_000).Select(_ => PinCode.NewStrong(System)).ToArray();

        codes.ShouldAllBe(code => code.Length == 25);
        codes.ToHashSet(StringComparer.Ordinal).Count.ShouldBe(codes.Length);
        for (var position = 0; position < 25; position++)
            ChiSquare(codes.Select(code => code[position]), PinCode.StrongAlphabet).ShouldBeLessThan(StrongLimit, $"position {position}");
    }

    [Fact, Requirement("T10")]
    public void Ids_fit_a_signed_32_bit_integer_and_do_not_follow_one_another()
    {
        var ids = Enumerable.Range(0, 50_000).Select(_ => PinCode.NewId(System)).ToArray();

        ids.ShouldAllBe(id => id >= 1 << 28);
        Math.Abs(SerialCorrelation(ids)).ShouldBeLessThan(0.025);
        ids.Max().ShouldBeGreaterThan(2_140_000_000);
        ids.Min().ShouldBeLessThan(275_000_000);
    }

    [Theory, Requirement("RP6")]
    [InlineData("7rqz", "7RQZ")]
    [InlineData(" 7R-QZ ", "7RQZ")]
    [InlineData("7 r q z", "7RQZ")]
    [InlineData("MOCA", "MOCA")]
    [InlineData("8LZJQNQ8LYE02N52JQ3FQXF8E", "8lzjqnq8lye02n52jq3fqxf8e")]
    public void A_typed_code_has_one_spelling(string typed, string spelling) => PinCode.Normalize(typed).ShouldBe(spelling);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" - ")]
    [InlineData("7RQ%")]
    [InlineData("ТЕСТ")]
    [InlineData("8lzjqnq8lye02n52jq3fqxf8e0")]
    public void What_no_code_looks_like_is_refused(string? typed) => PinCode.Normalize(typed).ShouldBeNull();

    private static double ChiSquare(IEnumerable<char> characters, string alphabet)
    {
        var counts = characters.CountBy(character => character).ToDictionary();
        var expected = counts.Values.Sum() / (double)alphabet.Length;
        counts.Keys.ShouldBeSubsetOf(alphabet);
        return alphabet.Sum(character => Math.Pow(counts.GetValueOrDefault(character) - expected, 2) / expected);
    }

    private static double SerialCorrelation(int[] values)
    {
        var mean = values.Average(value => (double)value);
        var variance = values.Sum(value => Math.Pow(value - mean, 2));
        return values.Zip(values.Skip(1), (first, second) => (first - mean) * (second - mean)).Sum() / variance;
    }
}
