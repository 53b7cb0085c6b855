using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace PlexAuth.Tests;

/// <summary>Whatever happens to the rest of an account, its token arrives.</summary>
public sealed class AccountReadingTests
{
    private const string Token = "CxoUzBTSV5hsxjTpFKaf";
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1000);

    /// <summary>Places in a document and what to do there.</summary>
    private static readonly Arbitrary<(int Place, int Change)[]> Changes =
        Arb.From(Gen.ArrayOf(Gen.Choose(0, 100_000).SelectMany(place => Gen.Choose(0, 255).Select(change => (place, change)))), ShrinkArray);

    private static readonly Func<JsonNode?>[] Replacements =
    [
        () => null,
        () => 0,
        () => -1.5e300,
        () => long.MinValue,
        () => "-9223372036854775808",
        () => true,
        () => "",
        () => "0",
        () => "2023-03-24 00:00:00 UTC",
        () => "not what was expected",
        () => new JsonArray(),
        () => new JsonArray(1, "two", null, new JsonArray(), new JsonObject { ["id"] = 3 }),
        () => new JsonObject(),
        () => new JsonObject { ["service"] = new JsonObject { ["identifier"] = 5 }, ["authToken"] = "not-the-token-at-all" },
    ];

    [Fact]
    public void Any_change_of_other_members_leaves_the_token() => Check.One(
        Thorough,
        Prop.ForAll(Changes, changes =>
        {
            var document = JsonNode.Parse(Wire.Bytes("account/sign-in.json"))!;
            foreach (var (place, change) in changes)
                Change(document, place, change);

            return TokenOf(Encoding.UTF8.GetBytes(document.ToJsonString())) == Token;
        }));

    [Theory]
    [InlineData("account/sign-in.json")]
    [InlineData("account/sign-in.xml")]
    public void A_document_cut_anywhere_after_the_token_still_gives_it(string file)
    {
        var document = Wire.Bytes(file);
        var end = document.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Token)) + Token.Length + 1;
        if (file.EndsWith("xml", StringComparison.Ordinal))
            end = document.AsSpan()[end..].IndexOf((byte)'>') + end + 1;

        for (var length = 0; length <= document.Length; length += 1 + (length % 3))
            TokenOf(document[..length]).ShouldBe(length >= end ? Token : null, $"cut at {length}, token ends at {end}");
    }

    [Theory]
    [InlineData("account/user.json")]
    [InlineData("account/user.xml")]
    public void Damaged_bytes_give_an_account_or_a_protocol_failure(string file) => Check.One(
        Thorough,
        Prop.ForAll(Changes, damages =>
        {
            var document = Wire.Bytes(file);
            foreach (var (place, value) in damages)
                document[place % document.Length] = (byte)value;

            TokenOf(document);
        }));

    [Theory]
    [InlineData("""{"authToken":"t","id":"13","hasPassword":"0","home":1,"homeAdmin":"true","homeSize":"3","joinedAt":"1556281940"}""")]
    [InlineData("""{"id":13.0,"hasPassword":0,"home":"True","homeAdmin":"1","homeSize":3.2,"joinedAt":1556281940000,"authToken":"t"}""")]
    [InlineData("""{"user":{"id":13,"hasPassword":false,"home":true,"homeAdmin":true,"homeSize":3,"joinedAt":"2019-04-26T12:32:20Z","authentication_token":"x","authToken":"t"}}""")]
    [InlineData("""[{"id":13,"hasPassword":false,"home":true,"homeAdmin":true,"homeSize":3,"joinedAt":"2019-04-26 12:32:20 UTC","\u0061uthToken":"t"}]""")]
    [InlineData("""<user id="13" hasPassword="0" home="1" homeAdmin="true" homeSize="3" joinedAt="1556281940" authToken="t"/>""")]
    [InlineData("""<user><id>13</id><hasPassword>0</hasPassword><home>1</home><homeAdmin>1</homeAdmin><homeSize>3</homeSize><joinedAt type="datetime" text="">x</joinedAt><joinedAt>2019-04-26T14:32:20+02:00</joinedAt><authToken><![CDATA[t]]></authToken></user>""")]
    public async Task Values_of_other_types_are_understood(string body)
    {
        var account = await Client.ReadAccountAsync(Encoding.UTF8.GetBytes(body));

        (account.Id, account.HasPassword, account.Home, account.HomeAdmin, account.HomeSize).ShouldBe((13, false, true, true, 3));
        account.JoinedAt.ShouldBe(new DateTimeOffset(2019, 4, 26, 12, 32, 20, TimeSpan.Zero));
        account.AuthToken.Reveal().ShouldBe("t");
    }

    [Theory]
    [InlineData("""{"authToken":"t","roles":["a","b"]}""")]
    [InlineData("""{"authToken":"t","roles":"a,b"}""")]
    [InlineData("""{"authToken":"t","roles":{"role":[{"id":"a"},{"id":"b"}]}}""")]
    [InlineData("""{"authToken":"t","roles":[{"id":"a"},null,"b"]}""")]
    [InlineData("""<user authToken="t"><roles all="0"><role id="a"/><role id="b"/></roles></user>""")]
    [InlineData("""<user authToken="t"><roles><role>a</role><role>b</role></roles></user>""")]
    public async Task A_list_is_understood_in_each_of_its_shapes(string body) =>
        (await Client.ReadAccountAsync(Encoding.UTF8.GetBytes(body))).Roles.ShouldBe(["a", "b"]);

    [Fact]
    public async Task Unknown_members_are_kept_and_unknown_words_and_numbers_too()
    {
        var account = await Client.ReadAccountAsync(
            """{"authToken":"t","subscription":{"status":"Paused"},"profile":{"watchedIndicator":9},"queueUid":"q","certificateVersion":3,"settings":[{"a":1}]}"""u8.ToArray());

        account.Subscription!.Status.ShouldBe(new PlexSubscriptionStatus("Paused"));
        ((int)account.Profile!.WatchedIndicator).ShouldBe(9);
        account.AdditionalProperties.Keys.ShouldBe(["queueUid", "certificateVersion", "settings"], ignoreOrder: true);
        account.AdditionalProperties["settings"][0].GetProperty("a").GetInt32().ShouldBe(1);
    }

    [Theory]
    [InlineData("-9223372036854775808")]
    [InlineData("9223372036854775807")]
    [InlineData("\"-9223372036854775808\"")]
    [InlineData("-1.5e300")]
    public async Task A_number_that_is_no_date_is_none(string number) =>
        (await Client.ReadAccountAsync(Encoding.UTF8.GetBytes($$"""{"joinedAt":{{number}},"authToken":"t"}"""))).JoinedAt.ShouldBeNull();

    [Fact]
    public async Task An_account_number_beyond_32_bits_is_read() =>
        (await Client.ReadAccountAsync("""{"id":3000000000,"authToken":"t"}"""u8.ToArray())).Id.ShouldBe(3_000_000_000);

    [Fact]
    public async Task Of_many_unknown_members_the_first_are_kept_and_the_known_ones_still_read()
    {
        var many = string.Join(',', Enumerable.Range(0, 5000).Select(i => $"\"k{i}\":{i}"));

        var account = await Client.ReadAccountAsync(Encoding.UTF8.GetBytes($$"""{{{many}},"authToken":"t","title":"Alice"}"""));

        (account.Title, account.AuthToken.Reveal()).ShouldBe(("Alice", "t"));
        account.AdditionalProperties.Count.ShouldBe(1000);
        account.AdditionalProperties["k999"].GetInt32().ShouldBe(999);
    }

    [Fact]
    public async Task Of_a_repeated_member_the_last_readable_value_counts() =>
        (await Client.ReadAccountAsync("""{"authToken":"first","authToken":"second","authToken":null,"authToken":{}}"""u8.ToArray())).AuthToken.Reveal().ShouldBe("second");

    private static IEnumerable<(int Place, int Change)[]> ShrinkArray((int Place, int Change)[] changes) =>
        changes.Select((_, left) => changes.Where((_, i) => i != left).ToArray());

    private static string? TokenOf(byte[] body)
    {
        try
        {
            return Client.ReadAccountAsync(body).GetAwaiter().GetResult() is { } account && account.AuthToken != default ? account.AuthToken.Reveal() : null;
        }
        catch (PlexProtocolException)
        {
            return null;
        }
    }

    /// <summary>Replaces or removes one value anywhere but the token itself.</summary>
    private static void Change(JsonNode document, int place, int change)
    {
        if (Values(document).ToList() is not { Count: > 0 } nodes)
            return;

        var (parent, name, index) = nodes[place % nodes.Count];
        var replacement = Replacements[change % Replacements.Length]();
        if (parent is JsonArray array)
            array[index] = replacement;
        else if (change % 5 == 0)
            parent.AsObject().Remove(name!);
        else
            parent.AsObject()[name!] = replacement;
    }

    private static IEnumerable<(JsonNode Parent, string? Name, int Index)> Values(JsonNode? node) => node switch
    {
        JsonObject members => members.Where(m => m.Key != "authToken" || members.Parent is not null).SelectMany(m => Values(m.Value).Prepend((members, m.Key, 0))),
        JsonArray elements => elements.SelectMany((e, i) => Values(e).Prepend((elements, null, i))),
        _ => [],
    };
}
