using System.Net;

namespace PlexAuth.Tests;

/// <summary>Signing in with a provider of verification codes.</summary>
public sealed class SignInWithCodeTests
{
    private const string Required = """{"errors":[{"code":1029,"message":"Please enter the verification code","status":401}]}""";
    private const string Wrong = """{"errors":[{"code":1028,"message":"Invalid verification code","status":401}]}""";
    private const string Refused = """{"errors":[{"code":1001,"message":"User could not be authenticated","status":401}]}""";
    private int _asked;

    [Fact]
    public async Task A_code_is_asked_for_once_and_only_when_it_is_needed()
    {
        var stub = SignIns((HttpStatusCode.Unauthorized, Required), (HttpStatusCode.Created, Wire.Text("account/sign-in.json")));

        (await SignInAsync(stub, "123456")).AuthToken.Reveal().ShouldNotBeEmpty();

        _asked.ShouldBe(1);
        stub.Bodies[0].ShouldNotContain("verificationCode");
        stub.Bodies[1].ShouldContain("verificationCode=123456");
    }

    [Fact]
    public async Task Nothing_is_asked_of_an_account_without_a_second_factor()
    {
        await SignInAsync(SignIns((HttpStatusCode.Created, Wire.Text("account/sign-in.json"))), "123456");

        _asked.ShouldBe(0);
    }

    [Fact]
    public async Task A_wrong_code_is_told_apart_and_not_asked_for_again()
    {
        var stub = SignIns((HttpStatusCode.Unauthorized, Required), (HttpStatusCode.Unauthorized, Wrong));

        await Should.ThrowAsync<PlexVerificationCodeException>(() => SignInAsync(stub, "123456"));

        (_asked, stub.Requests.Count).ShouldBe((1, 2));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_code_the_need_for_one_is_the_outcome(string? code)
    {
        var stub = SignIns((HttpStatusCode.Unauthorized, Required));

        (await Should.ThrowAsync<PlexTwoFactorRequiredException>(() => SignInAsync(stub, code))).ShouldNotBeOfType<PlexVerificationCodeException>();

        stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_password_is_never_sent_again()
    {
        var stub = SignIns((HttpStatusCode.Unauthorized, Refused));

        await Should.ThrowAsync<PlexUnauthorizedException>(() => SignInAsync(stub, "123456"));

        (_asked, stub.Requests.Count).ShouldBe((0, 1));
    }

    private static StubHandler SignIns(params (HttpStatusCode Status, string Body)[] answers) =>
        answers.Aggregate(new StubHandler(), (stub, answer) => stub.On("POST /api/v2/users/signin", answer.Status, answer.Body));

    private Task<PlexAccount> SignInAsync(StubHandler stub, string? code) => Client.Over(stub, options => options.Retry = PlexRetry.Default).SignInAsync(
        "alice",
        "a password",
        _ =>
        {
            _asked++;
            return ValueTask.FromResult(code);
        },
        cancellationToken: TestContext.Current.CancellationToken);
}
