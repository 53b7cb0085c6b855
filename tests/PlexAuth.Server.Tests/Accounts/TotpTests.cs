using System.Text;
using PlexAuth.Server.Accounts;

namespace PlexAuth.Server.Tests.Accounts;

[Requirement("RA6")]
public sealed class TotpTests
{
    private static readonly byte[] Seed = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238 appendix B for SHA-1; a code of six digits is the last six of its eight.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code)
    {
        Totp.Compute(Seed, seconds / 30).ShouldBe(code);
        Totp.Match(Seed, code, DateTimeOffset.FromUnixTimeSeconds(seconds), lastStep: 0).ShouldBe(seconds / 30);
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void One_step_either_side_is_accepted(int offset, bool accepted)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var step = (now.ToUnixTimeSeconds() / 30) + offset;

        Totp.Match(Seed, Totp.Compute(Seed, step), now, lastStep: 0).ShouldBe(accepted ? step : null);
    }

    [Fact]
    public void A_used_step_and_all_before_it_no_longer_count()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000);
        var step = now.ToUnixTimeSeconds() / 30;

        Totp.Match(Seed, Totp.Compute(Seed, step), now, lastStep: step).ShouldBeNull();
        Totp.Match(Seed, Totp.Compute(Seed, step - 1), now, lastStep: step).ShouldBeNull();
        Totp.Match(Seed, Totp.Compute(Seed, step + 1), now, lastStep: step).ShouldBe(step + 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("28708")]
    [InlineData("2870820")]
    [InlineData("28708a")]
    [InlineData("٢٨٧٠٨٢")]
    public void What_is_not_six_digits_is_no_code(string code) => Totp.Match(Seed, code, DateTimeOffset.FromUnixTimeSeconds(59), lastStep: 0).ShouldBeNull();

    [Theory]
    [InlineData("", "")]
    [InlineData("MY", "f")]
    [InlineData("MZXQ", "fo")]
    [InlineData("MZXW6", "foo")]
    [InlineData("MZXW6YQ", "foob")]
    [InlineData("MZXW6YTB", "fooba")]
    [InlineData("MZXW6YTBOI", "foobar")]
    public void Seeds_are_read_as_the_base_32_of_the_standard(string text, string bytes) => Encoding.ASCII.GetString(Base32.Decode(text)).ShouldBe(bytes);
}
