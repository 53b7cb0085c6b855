using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using PlexAuth.Server.Http.Answers;
using PlexAuth.Server.Http.Calls;

namespace PlexAuth.Server.Tests.Wire;

public sealed class ErrorWireTests
{
    [Theory]
    [InlineData("client-identifier-missing", 1000)]
    [InlineData("unauthorized", 1001)]
    [InlineData("rate-limited", 1003)]
    [InlineData("bad-request", 1004)]
    [InlineData("verification-code-invalid", 1028)]
    [InlineData("verification-code-required", 1029)]
    [InlineData("email-only", 1030)]
    [InlineData("locked-out", 1031)]
    public void Errors_are_those_recorded_in_both_formats(string recording, int code)
    {
        var error = Refusal.For(new PlexErrorCode(code));

        var json = ErrorWire.Render(error, PlexRole.Account, PlexFormat.Json);
        json.ContentType.ShouldBe("application/json; charset=utf-8");
        JsonNode.DeepEquals(JsonNode.Parse(json.Bytes), JsonNode.Parse(File.ReadAllText($"fixtures/errors/{recording}.json"))).ShouldBeTrue(Encoding.UTF8.GetString(json.Bytes));

        var xml = ErrorWire.Render(error, PlexRole.Account, PlexFormat.Xml);
        xml.ContentType.ShouldBe("application/xml; charset=utf-8");
        XNode.DeepEquals(XDocument.Parse(Encoding.UTF8.GetString(xml.Bytes)).Root, XDocument.Load($"fixtures/errors/{recording}.xml").Root).ShouldBeTrue(Encoding.UTF8.GetString(xml.Bytes));
    }
}
