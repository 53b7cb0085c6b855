using System.Text;
using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Pins;
using PlexAuth.Server.Tests.Devices;

namespace PlexAuth.Server.Tests.Pins;

public class PinRuleTests
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact, Requirement("RP4")]
    public async Task A_linked_pin_gives_its_creator_the_same_token_as_often_as_asked()
    {
        await using var rules = await PinRules.StartAsync();
        var pin = await rules.CreateAsync();
        (await rules.PollAsync(pin.Id)).ShouldBeOfType<PinPoll.Found>().Pin.Token.ShouldBeNull();

        (await rules.AllowAsync(pin.Code)).ShouldBeOfType<PinAnswer.Found>();

        var first = (await rules.PollAsync(pin.Id)).ShouldBeOfType<PinPoll.Found>().Pin;
        var second = (await rules.PollAsync(pin.Id)).ShouldBeOfType<PinPoll.Found>().Pin;
        first.Token.ShouldNotBeNull().ShouldBe(second.Token!.Value);
        first.AccountId.ShouldBe(PinRules.Alice);
        second.State.ShouldBe(PinState.Delivered);
    }

    [Theory, Requirement("RP2")]
    [InlineData(false, 900)]
    [InlineData(true, 1800)]
    public async Task A_pin_can_be_linked_until_the_second_it_expires(bool strong, int seconds)
    {
        await using var rules = await PinRules.StartAsync();
        var (inTime, tooLate) = (await rules.CreateAsync(strong), await rules.CreateAsync(strong));

        rules.Time.Advance(TimeSpan.FromSeconds(seconds - 1));
        (await rules.AllowAsync(inTime.Code)).ShouldBeOfType<PinAnswer.Found>();
        rules.Time.Advance(TimeSpan.FromSeconds(1));

        (await rules.AllowAsync(tooLate.Code)).ShouldBeOfType<PinAnswer.Missing>();
        (await rules.PollAsync(tooLate.Id)).ShouldBeOfType<PinPoll.Missing>();
        (await rules.PollAsync(inTime.Id)).ShouldBeOfType<PinPoll.Missing>();
    }

    [Fact]
    public async Task A_pin_made_before_the_keys_were_replaced_can_still_be_linked()
    {
        await using var rules = await PinRules.StartAsync();
        var pin = await rules.CreateAsync();

        await rules.Accounts.RotateKeysAsync(CancellationToken);

        (await rules.AllowAsync(pin.Code)).ShouldBeOfType<PinAnswer.Found>();
        (await rules.PollAsync(pin.Id)).ShouldBeOfType<PinPoll.Found>().Pin.Token.ShouldNotBeNull();
    }

    [Fact, Requirement("T10"), Requirement("RP5")]
    public async Task Nobody_but_its_creator_can_poll_a_pin()
    {
        await using var rules = await PinRules.StartAsync();
        var pin = await rules.CreateAsync();
        await rules.AllowAsync(pin.Code);

        (await rules.PollAsync(pin.Id, client: "app-2")).ShouldBeOfType<PinPoll.Missing>();
        (await rules.PollAsync(pin.Id)).ShouldBeOfType<PinPoll.Found>();
    }

    [Fact, Requirement("RP3")]
    public async Task A_denied_pin_stays_denied()
    {
        await using var rules = await PinRules.StartAsync();
        var pin = await rules.CreateAsync();
        var guess = new PinGuess(pin.Code, null, PinRules.Alice, PinRules.From("192.0.2.1"));

        (await rules.Links.DenyAsync(guess, CancellationToken)).ShouldBeOfType<PinAnswer.Found>();

        (await rules.AllowAsync(pin.Code)).ShouldBeOfType<PinAnswer.Missing>();
        (await rules.PollAsync(pin.Id)).ShouldBeOfType<PinPoll.Missing>();
    }

    [Fact, Requirement("RP3")]
    public async Task A_code_linked_once_is_not_linked_again()
    {
        await using var rules = await PinRules.StartAsync();
        var pin = await rules.CreateAsync();
        await rules.AllowAsync(pin.Code);

        (await rules.AllowAsync(pin.Code, PinRules.Bob)).ShouldBeOfType<PinAnswer.Missing>();
        (await rules.PollAsync(pin.Id)).ShouldBeOfType<PinPoll.Found>().Pin.AccountId.ShouldBe(PinRules.Alice);
    }

    [Fact, Requirement("RP5")]
    public async Task A_code_is_good_only_for_the_app_that_the_link_names()
    {
        await using var rules = await PinRules.StartAsync();
        var pin = await rules.CreateAsync(strong: true, client: "app-1");

        (await rules.AllowAsync(pin.Code, client: "app-2")).ShouldBeOfType<PinAnswer.Missing>();
        (await rules.AllowAsync(pin.Code, client: "app-1")).ShouldBeOfType<PinAnswer.Found>();
    }

    [Fact]
    public async Task A_disabled_account_links_nothing_and_the_pin_stays_open()
    {
        await using var rules = await PinRules.StartAsync();
        var pin = await rules.CreateAsync();

        (await rules.AllowAsync(pin.Code, PlexAuthPersona.All.Count)).ShouldBeOfType<PinAnswer.Refused>();
        (await rules.AllowAsync(pin.Code)).ShouldBeOfType<PinAnswer.Found>();
    }

    [Fact]
    public async Task A_web_app_gets_strong_codes_for_all_its_users_at_one_address_beside_the_short_ones()
    {
        await using var rules = await PinRules.StartAsync();
        for (var i = 0; i < 150; i++)
            await rules.CreateAsync(strong: true);

        for (var i = 0; i < 10; i++)
            await rules.CreateAsync();
        (await TryCreateAsync(rules, strong: false)).ShouldBeOfType<PinCreation.TooMany>();
        (await TryCreateAsync(rules, strong: true)).ShouldBeOfType<PinCreation.Created>();
    }

    [Theory]
    [InlineData(5, 1000)]
    [InlineData(1000, 5)]
    public async Task Strong_codes_have_limits_of_their_own(int waiting, int asked)
    {
        await using var rules = await PinRules.StartAsync(options => (options.Pins.StrongLivePerClient, options.Pins.StrongCreatedPerAddress) = (waiting, asked));
        for (var i = 0; i < 5; i++)
            await rules.CreateAsync(strong: true);

        (await TryCreateAsync(rules, strong: true)).ShouldBeOfType<PinCreation.TooMany>();
        (await TryCreateAsync(rules, strong: false)).ShouldBeOfType<PinCreation.Created>();
    }

    [Fact]
    public async Task An_account_with_all_the_devices_it_may_have_links_no_more_and_the_pin_stays_open()
    {
        await using var rules = await PinRules.StartAsync();
        var pin = await rules.CreateAsync();
        await FullAccount.FillAsync(rules.Database, PinRules.Alice);

        (await rules.AllowAsync(pin.Code)).ShouldBeOfType<PinAnswer.Refused>();
        (await rules.AllowAsync(pin.Code, PinRules.Bob)).ShouldBeOfType<PinAnswer.Found>();
    }

    [Fact, Requirement("T11")]
    public async Task Colliding_codes_leave_each_pin_to_its_own_client()
    {
        await using var rules = await PinRules.StartAsync(
            options => (options.Pins.CreatedInAll, options.Pins.CreatedPerAddress, options.Pins.LivePerAddress) = (5000, 5000, 5000),
            new CollidingCodes());
        var first = await rules.CreateAsync(client: "first");
        for (var i = 0; i < 1000; i++)
        {
            var other = await rules.CreateAsync(client: $"other-{i}");
            other.Code.Length.ShouldBeGreaterThan(PinCode.ShortLength);
        }

        (await rules.AllowAsync("AAAA", client: "first")).ShouldBeOfType<PinAnswer.Found>();
        (await rules.PollAsync(first.Id, "first")).ShouldBeOfType<PinPoll.Found>().Pin.AccountId.ShouldBe(PinRules.Alice);
    }

    [Fact, Requirement("RP3")]
    public async Task A_hundred_claims_of_one_pin_have_one_winner_a_thousand_times_over()
    {
        await using var rules = await PinRules.StartAsync(options =>
            (options.Pins.CreatedInAll, options.Pins.StrongCreatedPerAddress, options.Pins.StrongLivePerClient) = (5000, 5000, 5000));
        for (var round = 0; round < 1000; round++)
        {
            var pin = await rules.CreateAsync(strong: true);
            var won = await Task.WhenAll(Enumerable.Range(0, 100).Select(claim => Task.Run(() => rules.Database.WriteAsync(
                session => PinStore.ClaimAsync(session, pin.Id, accountId: 1 + claim % 2, rules.Time.GetUtcNow()), CancellationToken))));

            won.Count(winner => winner).ShouldBe(1, $"round {round}");
        }
    }

    [Fact, Requirement("RP4")]
    public async Task The_database_holds_neither_code_nor_token()
    {
        await using var rules = await PinRules.StartAsync();
        var pin = await rules.CreateAsync(strong: true);
        await rules.AllowAsync(pin.Code);
        var token = (await rules.PollAsync(pin.Id)).ShouldBeOfType<PinPoll.Found>().Pin.Token!.Value.Reveal();

        var row = new StringBuilder();
        foreach (var column in (string[])["code_hash", "sealed_code", "sealed_token"])
        {
            var value = await rules.Database.ReadAsync(session => session.FirstOrDefaultAsync<byte[]>($"SELECT {column} FROM pins"), CancellationToken);
            row.Append(Convert.ToHexString(value!)).Append(Encoding.Latin1.GetString(value!));
        }

        row.Append(await rules.Database.ReadAsync(session => session.FirstOrDefaultAsync<string>("SELECT client || client_identifier FROM pins"), CancellationToken));
        foreach (var secret in new[] { pin.Code, token })
        {
            row.ToString().ShouldNotContain(secret);
            row.ToString().ShouldNotContain(Convert.ToHexString(Encoding.ASCII.GetBytes(secret)));
        }
    }

    [Fact, Requirement("RP4")]
    public async Task An_expired_pin_loses_its_token_at_once_and_its_row_within_the_hour()
    {
        await using var rules = await PinRules.StartAsync();
        var pin = await rules.CreateAsync();
        await rules.AllowAsync(pin.Code);
        rules.Time.Advance(TimeSpan.FromMinutes(16));

        await rules.Sweeper.SweepAsync(CancellationToken);
        var found = await rules.Database.ReadAsync(session => rules.Store.FindAsync(session, pin.Id), CancellationToken);
        found.ShouldNotBeNull().Token.ShouldBeNull();

        rules.Time.Advance(TimeSpan.FromHours(1));
        await rules.Sweeper.SweepAsync(CancellationToken);
        (await rules.Database.ReadAsync(session => rules.Store.FindAsync(session, pin.Id), CancellationToken)).ShouldBeNull();
    }

    private static Task<PinCreation> TryCreateAsync(PinRules rules, bool strong) => rules.Creation.CreateAsync(
        new PinRequest(strong, new ClientIdentity("app-1") { Product = "App" }, Origin: null, PinRules.At("192.0.2.1")), CancellationToken);
}
