namespace PlexAuth.Interop.Tests.Replay;

internal static class RawAnswerAssertions
{
    public static void ShouldBeJson(this RawAnswer answer, int status)
    {
        answer.Status.ShouldBe(status, answer.Body);
        answer.ContentType.ShouldBe("application/json");
    }

    /// <summary>The one error body that every generated SDK turns into its typed exception.</summary>
    public static void ShouldBeError(this RawAnswer answer, int status, int code, string message = "")
    {
        answer.ShouldBeJson(status);
        var error = answer.Json().GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("code").GetInt32().ShouldBe(code);
        error.GetProperty("status").GetInt32().ShouldBe(status);
        error.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        error.GetProperty("message").GetString()!.ShouldContain(message);
    }
}
