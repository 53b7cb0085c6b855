using Microsoft.Extensions.Hosting;
using PlexAuth.Server.Data;
using PlexAuth.Tests;

namespace PlexAuth.Server.Tests.Data;

/// <summary>F4: what is held back on the disk, so that tidying up can begin where there is no room left.</summary>
public sealed class BallastTests : IDisposable
{
    private const string CountExpired = "SELECT COUNT(*) FROM throttles";
    private readonly TemporaryDirectory _directory = new();
    private readonly FakeTimeProvider _time = new();
    private SmallDisk? _disk;

    [Fact, Requirement("RD3")]
    public async Task Expired_rows_go_on_a_full_disk_too_and_the_space_is_held_back_again_later()
    {
        _disk = SmallDisk.Mount(_directory.Path, megabytes: 12);
        await using var host = await RulesHost.StartAsync(options => options.DataDirectory = _directory.Path, _time);
        var sweeper = host.Get<IEnumerable<IHostedService>>().OfType<ExpirySweeper>().Single();
        await sweeper.TidyAsync(RulesHost.Cancelled);
        File.Exists(Ballast).ShouldBeTrue();
        foreach (var login in Enumerable.Range(0, 20))
            await host.TrySignInAsync($"nobody-{login}", "wrong");
        _time.Advance(TimeSpan.FromDays(2));
        _disk.Fill();
        await Should.ThrowAsync<DatabaseUnavailableException>(() => sweeper.SweepAsync(RulesHost.Cancelled));

        await sweeper.TidyAsync(RulesHost.Cancelled);

        (await host.ReadAsync<int>(CountExpired)).ShouldBe(0);
        File.Exists(Ballast).ShouldBeFalse();
        await sweeper.TidyAsync(RulesHost.Cancelled);
        File.Exists(Ballast).ShouldBeFalse("there is no room for it yet");
        _disk.Free();
        await sweeper.TidyAsync(RulesHost.Cancelled);
        new FileInfo(Ballast).Length.ShouldBe(1024 * 1024);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Ballast).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose()
    {
        _disk?.Dispose();
        _directory.Dispose();
    }

    private string Ballast => _directory.File("plexauth.ballast");
}
