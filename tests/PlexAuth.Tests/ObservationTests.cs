using System.Diagnostics;

namespace PlexAuth.Tests;

public sealed class ObservationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_without_an_address_is_an_error_and_not_cancelled() =>
        await ShouldEndAsErrorAsync<InvalidOperationException>(o => o.ServerUrl = null);

    [Fact]
    public async Task A_credentials_own_exception_is_an_error_and_not_a_cancellation() =>
        await ShouldEndAsErrorAsync<FormatException>(o => o.Credential = PlexCredential.Create((_, _) => throw new FormatException()));

    private static async Task ShouldEndAsErrorAsync<TException>(Action<PlexClientOptions> configure) where TException : Exception
    {
        using var observed = new Observations();

        await Should.ThrowAsync<TException>(() => Client.Over(new StubHandler(), configure).GetTransientTokenAsync(cancellationToken: Cancellation));

        observed.Outcomes.ShouldHaveSingleItem().Outcome.ShouldBe("error");
        var span = observed.Spans.ShouldHaveSingleItem();
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.GetTagItem("error.type").ShouldBe("error");
    }
}
