using PlexAuth.Server.Http.Calls;
using PlexAuth.Server.Pins;

namespace PlexAuth.Server.Tests.Pins;

[Requirement("T9")]
public class PinGuardTests
{
    private const string Elsewhere = "198.51.100.7";

    [Fact]
    public async Task An_account_has_five_wrong_codes_in_ten_minutes()
    {
        await using var rules = await PinRules.StartAsync();
        var pin = await rules.CreateAsync();
        for (var i = 0; i < 5; i++)
            (await rules.AllowAsync("ZZZZ")).ShouldBeOfType<PinAnswer.Missing>();

        (await rules.AllowAsync(pin.Code)).ShouldBeOfType<PinAnswer.TooMany>().RetryAfter.ShouldBe(TimeSpan.FromMinutes(10));
        (await rules.AllowAsync(pin.Code, address: Elsewhere)).ShouldBeOfType<PinAnswer.TooMany>();
        rules.Time.Advance(TimeSpan.FromMinutes(10));
        (await rules.AllowAsync(pin.Code)).ShouldBeOfType<PinAnswer.Found>();
    }

    [Fact]
    public async Task An_account_has_twenty_wrong_codes_in_a_day()
    {
        await using var rules = await PinRules.StartAsync();
        (await CountComparedAsync(rules, TimeSpan.FromHours(24), TimeSpan.FromMinutes(1), _ => (PinRules.Alice, "192.0.2.1"))).ShouldBe(20);
    }

    [Fact]
    public async Task An_address_has_twenty_wrong_codes_in_ten_minutes_whoever_brings_them()
    {
        await using var rules = await PinRules.StartAsync();
        var accounts = await AddAccountsAsync(rules, 10);

        (await CountComparedAsync(rules, TimeSpan.FromMinutes(9), TimeSpan.FromSeconds(2), i => (accounts[i % 10], "192.0.2.1"))).ShouldBe(20);
    }

    [Fact]
    public async Task A_network_has_sixty_wrong_codes_in_ten_minutes_however_many_addresses_it_has()
    {
        await using var rules = await PinRules.StartAsync();
        var accounts = await AddAccountsAsync(rules, 40);

        (await CountComparedAsync(rules, TimeSpan.FromMinutes(9), TimeSpan.FromSeconds(1), i => (accounts[i % 40], $"192.0.2.{1 + i % 200}"))).ShouldBe(60);
    }

    [Fact]
    public async Task A_right_code_forgives_no_wrong_ones()
    {
        await using var rules = await PinRules.StartAsync();
        for (var i = 0; i < 4; i++)
            await rules.AllowAsync("ZZZZ");
        (await rules.AllowAsync((await rules.CreateAsync()).Code)).ShouldBeOfType<PinAnswer.Found>();

        (await rules.AllowAsync("ZZZZ")).ShouldBeOfType<PinAnswer.Missing>();
        (await rules.AllowAsync((await rules.CreateAsync()).Code)).ShouldBeOfType<PinAnswer.TooMany>();
    }

    [Fact]
    public async Task Two_hundred_guesses_at_once_get_no_further_than_one_after_the_other()
    {
        await using var rules = await PinRules.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => rules.AllowAsync("ZZZZ"))));

        answers.Count(answer => answer is PinAnswer.Missing).ShouldBe(5);
    }

    [Fact, Requirement("RP6")]
    public async Task Spellings_of_a_code_share_one_budget()
    {
        await using var rules = await PinRules.StartAsync();
        foreach (var spelling in new[] { "zzzz", "ZZZZ", "z-z-z-z", " zz zz ", "%%%%", "" })
            await rules.AllowAsync(spelling);

        (await rules.AllowAsync("ZZZZ")).ShouldBeOfType<PinAnswer.TooMany>();
    }

    [Fact]
    public async Task While_codes_are_being_guessed_a_short_one_works_only_where_it_was_asked_for()
    {
        await using var rules = await PinRules.StartAsync();
        await TripAsync(rules);
        var (here, there, strong) = (await rules.CreateAsync(), await rules.CreateAsync(), await rules.CreateAsync(strong: true));

        (await rules.AllowAsync(there.Code, PinRules.Bob, Elsewhere)).ShouldBeOfType<PinAnswer.Missing>().Restricted.ShouldBeTrue();
        (await rules.AllowAsync(here.Code, PinRules.Bob, "192.0.2.200")).ShouldBeOfType<PinAnswer.Found>();
        (await rules.AllowAsync(strong.Code, PinRules.Bob, Elsewhere)).ShouldBeOfType<PinAnswer.Found>();
        rules.Time.Advance(TimeSpan.FromHours(25));
        (await rules.AllowAsync((await rules.CreateAsync()).Code, PinRules.Bob, Elsewhere)).ShouldBeOfType<PinAnswer.Found>();
    }

    [Fact]
    public async Task While_codes_are_being_guessed_a_network_that_the_account_linked_from_before_still_works()
    {
        await using var rules = await PinRules.StartAsync();
        await rules.AllowAsync((await rules.CreateAsync()).Code, PinRules.Bob, Elsewhere);
        await TripAsync(rules);

        (await rules.AllowAsync((await rules.CreateAsync()).Code, PinRules.Bob, Elsewhere)).ShouldBeOfType<PinAnswer.Found>();
    }

    [Fact]
    public async Task The_operator_can_insist_on_the_same_network()
    {
        await using var rules = await PinRules.StartAsync(options => options.Pins.RequireSameNetwork = true);
        var pin = await rules.CreateAsync(strong: true);

        (await rules.AllowAsync(pin.Code, address: Elsewhere)).ShouldBeOfType<PinAnswer.Missing>().Restricted.ShouldBeTrue();
        (await rules.AllowAsync(pin.Code)).ShouldBeOfType<PinAnswer.Found>();
    }

    [Theory]
    // The breaker trips at the twentieth within ten minutes; three more come from where their accounts linked devices before.
    [InlineData(30, 50, 23)]
    // Patiently: at the hundredth of the day.
    [InlineData(35, 50, 100)]
    // As many as possible with five accounts, so that the others have missed nothing yet and go on where they linked devices before.
    [InlineData(35, 5, 104)]
    public async Task Fifty_accounts_at_five_hundred_addresses_hit_a_live_code_in_a_day_with_odds_of_one_percent_at_most(int secondsBetweenGuesses, int usedUpFirst, int compared)
    {
        await using var rules = await PinRules.StartAsync();
        var accounts = await AddAccountsAsync(rules, 50);
        static string AddressOf(int account, int guess) => $"10.{guess % 10}.{account}.1";
        for (var account = 0; account < 50; account++)
        {
            var own = await rules.CreateAsync(client: $"own-{account}", address: AddressOf(account, 0));
            (await rules.AllowAsync(own.Code, accounts[account], AddressOf(account, 0))).ShouldBeOfType<PinAnswer.Found>();
        }

        rules.Time.Advance(TimeSpan.FromDays(1));
        var most = await CountComparedAsync(
            rules, TimeSpan.FromHours(24), TimeSpan.FromSeconds(secondsBetweenGuesses),
            guess => guess < usedUpFirst * 20 ? (accounts[guess % usedUpFirst], AddressOf(guess % usedUpFirst, guess)) : (accounts[guess % 50], AddressOf(guess % 50, 0)),
            unrestricted: true);

        most.ShouldBe(compared);
        Odds(most, liveCodes: 100, length: 4).ShouldBeLessThanOrEqualTo(0.01);
        Odds(most, liveCodes: 10, length: 4).ShouldBeLessThanOrEqualTo(0.001);
        Odds(most, liveCodes: 100, length: 6).ShouldBeLessThanOrEqualTo(0.00001);
    }

    [Fact]
    public async Task Guesses_that_were_compared_with_one_network_alone_keep_nobody_else_from_where_they_linked_before()
    {
        await using var rules = await PinRules.StartAsync();
        await rules.AllowAsync((await rules.CreateAsync()).Code, PinRules.Bob, Elsewhere);
        await TripAsync(rules);
        var accounts = await AddAccountsAsync(rules, 100, "another");
        for (var i = 0; i < 100; i++)
            (await rules.AllowAsync("ZZZZ", accounts[i], $"10.2.{i}.1")).ShouldBeOfType<PinAnswer.Missing>().Restricted.ShouldBeTrue();

        (await rules.AllowAsync((await rules.CreateAsync()).Code, PinRules.Bob, Elsewhere)).ShouldBeOfType<PinAnswer.Found>();
    }

    [Fact, Requirement("T10")]
    public async Task Whoever_tries_ids_is_stopped_after_sixty()
    {
        await using var rules = await PinRules.StartAsync();
        var pin = await rules.CreateAsync(client: "server");
        var answers = new List<PinPoll>();
        for (var id = pin.Id - 100; id < pin.Id; id++)
            answers.Add(await rules.PollAsync(id, "server", Elsewhere));

        answers.Count(answer => answer is PinPoll.Missing).ShouldBe(60);
        (await rules.PollAsync(pin.Id, "server", Elsewhere)).ShouldBeOfType<PinPoll.TooMany>();
        (await rules.PollAsync(pin.Id, "server")).ShouldBeOfType<PinPoll.Found>();
    }

    [Fact, Requirement("T10")]
    public async Task While_ids_are_tried_on_a_grand_scale_a_pin_is_collected_only_where_it_was_asked_for()
    {
        await using var rules = await PinRules.StartAsync();
        var pin = await rules.CreateAsync();
        for (var i = 0; i < 1000; i++)
            await rules.PollAsync(1, address: $"10.0.{i / 50}.1");

        (await rules.PollAsync(pin.Id, address: Elsewhere)).ShouldBeOfType<PinPoll.TooMany>();
        (await rules.PollAsync(pin.Id)).ShouldBeOfType<PinPoll.Found>();
    }

    [Fact]
    public async Task A_client_that_polls_on_after_expiry_is_not_taken_for_a_guesser()
    {
        await using var rules = await PinRules.StartAsync();
        var old = await rules.CreateAsync();
        rules.Time.Advance(TimeSpan.FromMinutes(15));
        for (var i = 0; i < 120; i++)
        {
            (await rules.PollAsync(old.Id)).ShouldBeOfType<PinPoll.Missing>();
            rules.Time.Advance(TimeSpan.FromSeconds(1));
        }

        (await rules.PollAsync((await rules.CreateAsync()).Id)).ShouldBeOfType<PinPoll.Found>();
    }

    [Fact, Requirement("RP7")]
    public async Task Polling_every_half_second_is_never_too_fast()
    {
        await using var rules = await PinRules.StartAsync();
        var pin = await rules.CreateAsync();
        for (var i = 0; i < 600; i++)
        {
            (await rules.PollAsync(pin.Id)).ShouldBeOfType<PinPoll.Found>();
            rules.Time.Advance(TimeSpan.FromSeconds(0.5));
        }
    }

    [Fact, Requirement("RP7")]
    public async Task Polling_fifty_times_a_second_is_slowed_down_and_the_pin_still_works()
    {
        await using var rules = await PinRules.StartAsync();
        var pin = await rules.CreateAsync();
        var found = 0;
        for (var i = 0; i < 500; i++)
        {
            found += await rules.PollAsync(pin.Id) is PinPoll.Found ? 1 : 0;
            rules.Time.Advance(TimeSpan.FromMilliseconds(20));
        }

        found.ShouldBeInRange(40, 46);
        await rules.AllowAsync(pin.Code);
        rules.Time.Advance(TimeSpan.FromSeconds(1));
        (await rules.PollAsync(pin.Id)).ShouldBeOfType<PinPoll.Found>().Pin.Token.ShouldNotBeNull();
    }

    [Fact, Requirement("RT7")]
    public async Task One_client_has_ten_pins_waiting_and_the_eleventh_takes_none_away()
    {
        await using var rules = await PinRules.StartAsync();
        var first = await rules.CreateAsync();
        for (var i = 1; i < 10; i++)
            await rules.CreateAsync();

        await RefusedAsync(rules, "app-1", "192.0.2.1");
        await rules.CreateAsync(client: "app-2");
        await rules.CreateAsync(address: Elsewhere);
        (await rules.AllowAsync(first.Code)).ShouldBeOfType<PinAnswer.Found>();
        await rules.CreateAsync();
    }

    [Fact]
    public async Task One_address_asks_for_thirty_pins_in_ten_minutes()
    {
        await using var rules = await PinRules.StartAsync();
        for (var i = 0; i < 30; i++)
            await rules.CreateAsync(client: $"app-{i}");

        await RefusedAsync(rules, "another", "192.0.2.1");
        rules.Time.Advance(TimeSpan.FromMinutes(10));
        await rules.CreateAsync(client: "another");
    }

    private static async Task RefusedAsync(PinRules rules, string client, string address)
    {
        var request = new PinRequest(Strong: false, new ClientIdentity(client), Origin: null, PinRules.At(address));
        (await rules.Creation.CreateAsync(request, TestContext.Current.CancellationToken)).ShouldBeOfType<PinCreation.TooMany>();
    }

    private static async Task TripAsync(PinRules rules)
    {
        var accounts = await AddAccountsAsync(rules, 20);
        for (var i = 0; i < 20; i++)
            await rules.AllowAsync("ZZZZ", accounts[i], $"10.1.{i}.1");
    }

    private static double Odds(int guesses, int liveCodes, int length) => 1 - Math.Pow(1 - liveCodes / Math.Pow(PinCode.ShortAlphabet.Length, length), guesses);

    private static async Task<int[]> AddAccountsAsync(PinRules rules, int count, string name = "guesser")
    {
        var accounts = new int[count];
        for (var i = 0; i < count; i++)
            accounts[i] = await rules.AddAccountAsync($"{name}{i}");

        return accounts;
    }

    /// <summary>Guesses at a steady pace and counts how many were compared with live codes: all of them, or only those of other networks.</summary>
    private static async Task<int> CountComparedAsync(PinRules rules, TimeSpan duration, TimeSpan pace, Func<int, (int Account, string Address)> guesser, bool unrestricted = false)
    {
        var compared = 0;
        var end = rules.Time.GetUtcNow() + duration;
        for (var i = 0; rules.Time.GetUtcNow() < end; i++)
        {
            var (account, address) = guesser(i);
            compared += await rules.AllowAsync("ZZZZ", account, address) is PinAnswer.Missing missing && !(unrestricted && missing.Restricted) ? 1 : 0;
            // By then every budget is used up, and fewer guesses show as well that it stays so.
            rules.Time.Advance(i < 300 ? pace : TimeSpan.FromMinutes(5));
        }

        return compared;
    }
}
