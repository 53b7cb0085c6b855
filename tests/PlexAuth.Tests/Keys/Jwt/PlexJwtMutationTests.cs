using System.Text;

namespace PlexAuth.Tests.Keys;

public sealed class PlexJwtMutationTests
{
    private const int Mutations = 100_000;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\0é";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1777636800);

    [Fact]
    public void Of_a_hundred_thousand_mutations_only_the_original_verifies()
    {
        using var key = PlexSigningKey.Create();
        var original = PlexJwt.Create(key, PlexJwtClaims.ForDevice("c", Now, "nonce", PlexJwtScopes.All)).Token.Reveal();
        var random = new Random(20260501);
        var found = new int[Enum.GetValues<PlexJwtStatus>().Length];

        for (var i = 0; i < Mutations; i++)
        {
            var mutation = Mutate(original, random);
            var status = PlexJwt.Verify(mutation, [key.PublicKey], PlexJwtRules.ForDevice("c"), Now).Status;
            (status == PlexJwtStatus.Valid).ShouldBe(mutation == original, $"mutation {i}");
            found[(int)status]++;
        }

        found[(int)PlexJwtStatus.WrongSignature].ShouldBeGreaterThan(Mutations / 10, "else the mutations are too coarse to reach the signature");
    }

    internal static string Mutate(string token, Random random)
    {
        var text = new StringBuilder(token);
        for (var edits = random.Next(10) == 0 ? 3 : 1; edits > 0 && text.Length > 0; edits--)
            Edit(text, random);
        return text.ToString();
    }

    private static void Edit(StringBuilder text, Random random)
    {
        var at = random.Next(text.Length);
        var letter = Alphabet[random.Next(Alphabet.Length)];
        switch (random.Next(8))
        {
            case 0: text.Remove(at, 1); break;
            case 1: text.Insert(at, letter); break;
            case 2: text.Length = at; break;
            case 3: (text[at], text[^1]) = (text[^1], text[at]); break;
            case 4: text[at] = (char)(text[at] ^ (1 << random.Next(7))); break;
            case 5: text[text.Length - 1 - random.Next(Math.Min(86, text.Length))] = letter; break;
            default: text[at] = letter; break;
        }
    }
}
