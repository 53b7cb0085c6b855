using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using PlexAuth.Server.Accounts;
using PlexAuth.Server.Audit;
using PlexAuth.Server.Data;
using PlexAuth.Server.Tests.Data;

namespace PlexAuth.Server.Tests.Audit;

/// <summary>What people are told of what happened to their account.</summary>
[Requirement("RA9")]
public class NoticeTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly Post _post = new();

    [Fact]
    public async Task People_hear_of_new_devices_and_networks_wrong_codes_after_right_passwords_and_changed_passwords_once()
    {
        await using var host = await StartAsync();
        var code = Totp.Compute(Base32.Decode(PlexAuthPersona.Carol.TotpSecret!), _time.GetUtcNow().ToUnixTimeSeconds() / 30);
        var wrong = code == "000000" ? "000001" : "000000";
        await host.TrySignInAsync("carol", "wrong");
        await host.TrySignInAsync("carol", "carol-password", wrong, "tv");
        await host.SignInAsync("carol", "carol-password", code, "tv");
        var carol = (await host.Get<PlexAuthAccounts>().FindAsync("carol", RulesHost.Cancelled))!;
        await host.Get<PlexAuthAccounts>().ResetPasswordAsync(carol.Id, "tide and lantern", disableTwoFactor: true, RulesHost.Cancelled);

        (await SendAsync(host)).ShouldBe(5);

        _post.Delivered.ShouldAllBe(notice => notice.Email == "carol@example.com" && notice.Title == "carol");
        _post.Delivered.Select(notice => (notice.Event.Kind, notice.Event.Code, notice.Event.Subject)).ShouldBe(
        [
            ("sign-in-refused", 1028, null), ("signed-in-from-new-network", null, null), ("device-added", null, "tv"), ("password-reset", null, null), ("two-factor-disabled", null, null),
        ]);
        _time.Advance(TimeSpan.FromHours(2));
        (await SendAsync(host)).ShouldBe(0);
    }

    [Fact]
    public async Task What_is_known_already_is_no_news()
    {
        await using var host = await StartAsync();
        await host.SignInAsync("bob", "bob-password");
        await SendAsync(host);

        await host.SignInAsync("bob", "bob-password");

        (await SendAsync(host)).ShouldBe(0);
    }

    [Fact, Requirement("RL1")]
    public async Task A_notice_is_written_with_its_act_or_not_at_all()
    {
        await using var host = await StartAsync();
        await Should.ThrowAsync<InvalidOperationException>(() => host.Get<Database>().WriteAsync(
            async session =>
            {
                await SecurityEventStore.AddAsync(session, new(SecurityEventKind.PasswordChanged, 2, Actor.Operator), _time.GetUtcNow());
                throw new InvalidOperationException("The act failed.");
            },
            RulesHost.Cancelled));

        (await host.ReadAsync<int>("SELECT COUNT(*) FROM notices")).ShouldBe(0);
    }

    [Fact]
    public async Task What_could_not_be_delivered_is_tried_again_less_and_less_often_for_a_week()
    {
        await using var host = await StartAsync();
        await host.SignInAsync("bob", "bob-password");
        await SendAsync(host);
        await host.Get<PlexAuthAccounts>().ResetPasswordAsync(2, "tide and lantern", cancellationToken: RulesHost.Cancelled);
        _post.Fails = true;

        foreach (var wait in (int[])[1, 2, 4, 8, 16, 32, 64, 64])
        {
            (await SendAsync(host)).ShouldBe(0);
            var tries = _post.Tries;
            _time.Advance(TimeSpan.FromMinutes(wait) - TimeSpan.FromSeconds(1));
            await SendAsync(host);
            _post.Tries.ShouldBe(tries, $"before {wait} minutes are over");
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _post.Fails = false;
        (await SendAsync(host)).ShouldBe(1);
        _post.Fails = true;
        await host.Get<PlexAuthAccounts>().ResetPasswordAsync(2, "lighthouse keeper", cancellationToken: RulesHost.Cancelled);
        _time.Advance(TimeSpan.FromDays(8));
        await host.Get<IEnumerable<IHostedService>>().OfType<ExpirySweeper>().Single().SweepAsync(RulesHost.Cancelled);
        (await host.ReadAsync<int>("SELECT COUNT(*) FROM notices")).ShouldBe(0);
    }

    [Fact]
    public async Task Of_two_that_send_at_once_one_tries_each()
    {
        await using var host = await StartAsync();
        await host.SignInAsync("bob", "bob-password");

        _post.Meanwhile = async () =>
        {
            _post.Fails = true;
            (await SendAsync(host)).ShouldBe(0);
            _post.Fails = false;
        };

        (await SendAsync(host)).ShouldBe(1);

        _post.Tries.ShouldBe(2, "one for each of the two notices");
    }

    private Task<RulesHost> StartAsync() => RulesHost.StartWithPersonasAsync(_time, services => services.AddSingleton<IPlexAuthNotifier>(_post));

    private static Task<int> SendAsync(RulesHost host) => host.Get<IEnumerable<IHostedService>>().OfType<NoticeSender>().Single().SendAsync(RulesHost.Cancelled);

    private sealed class Post : IPlexAuthNotifier
    {
        public bool Fails { get; set; }

        public Func<Task>? Meanwhile { get; set; }

        public int Tries { get; private set; }

        public List<PlexAuthNotice> Delivered { get; } = [];

        public async Task NotifyAsync(PlexAuthNotice notice, CancellationToken cancellationToken)
        {
            Tries++;
            if (Fails)
                throw new InvalidOperationException("The post office is closed.");
            var meanwhile = Meanwhile;
            Meanwhile = null;
            await (meanwhile?.Invoke() ?? Task.CompletedTask);
            Delivered.Add(notice);
        }
    }
}
