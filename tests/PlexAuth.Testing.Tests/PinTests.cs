namespace PlexAuth.Testing.Tests;

public sealed class PinTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_PIN_is_allowed_from_the_test()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient();
        var signIn = await client.Pins.StartSignInAsync(cancellationToken: Cancellation);

        (await plex.ApprovePinAsync(signIn.Code, Personas.Bob, Cancellation)).ShouldBeTrue();

        (await signIn.WaitAsync(Cancellation)).Username.ShouldBe("bob");
        (await plex.ApprovePinAsync(signIn.Code, Personas.Bob, Cancellation)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_PIN_is_denied_from_the_test()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient();
        var signIn = await client.Pins.StartSignInAsync(cancellationToken: Cancellation);

        (await plex.DenyPinAsync(signIn.Code, Personas.Bob, Cancellation)).ShouldBeTrue();

        await Should.ThrowAsync<PlexPinException>(() => signIn.WaitAsync(Cancellation));
    }

    [Fact]
    public async Task Every_PIN_is_allowed_as_one_persona_until_that_ends()
    {
        await using var plex = await PlexTestServer.StartAsync(Cancellation);
        using var client = plex.CreateClient();
        await plex.ApprovePinsAutomaticallyAsync(Personas.Carol, Cancellation);

        (await (await client.Pins.StartSignInAsync(cancellationToken: Cancellation)).WaitAsync(Cancellation)).Username.ShouldBe("carol");

        await plex.ApprovePinsAutomaticallyAsync(null, Cancellation);
        using var other = plex.CreateClient();
        var left = await other.Pins.StartSignInAsync(cancellationToken: Cancellation);
        var waiting = left.WaitAsync(Cancellation);
        plex.Clock.Advance(TimeSpan.FromHours(1));
        await Should.ThrowAsync<PlexPinException>(() => waiting);
    }
}
