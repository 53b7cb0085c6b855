using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using PlexAuth.Server.Http.Wire;
using PlexAuth.Server.MediaServer;
using PlexAuth.Server.MediaServer.Sources;
using PlexAuth.Server.Tokens.Transient;

namespace PlexAuth.Server.Tests.Wire;

public sealed class MediaServerWireTests
{
    [Fact]
    public void A_transient_token_is_written_as_recorded()
    {
        var token = new TransientToken(new PlexToken("transient-90904684-f91a-4391-8bf7-e0dfa7240285"), default);

        ShouldBeRecorded(container => MediaServerWire.WriteToken(container, token), "security-token");
    }

    [Fact]
    public void An_unclaimed_server_writes_no_token()
    {
        var written = Xml(WireDocument.RenderContainer(PlexFormat.Xml, MediaServerWire.NoToken));

        written.Attribute("token").ShouldBeNull();
        written.Attribute("size")!.Value.ShouldBe("0");
    }

    [Fact]
    public void Connection_details_of_a_source_are_written_as_recorded()
    {
        var source = new Source(new SourceName(SourceName.Server, "89abcdef0123456789abcdef0123456789abcdef"), "Attic", IsOwn: false,
        [
            new() { Protocol = "https", Address = "192.168.1.10", Port = 32400, Uri = "https://192-168-1-10.0123456789abcdef0123456789abcdef.plex.direct:32400", Local = true },
            new() { Protocol = "https", Address = "203.0.113.7", Port = 32400, Uri = "https://203-0-113-7.0123456789abcdef0123456789abcdef.plex.direct:32400" },
            new() { Protocol = "https", Address = "198.51.100.20", Port = 8443, Uri = "https://198-51-100-20.0123456789abcdef0123456789abcdef.plex.direct:8443", Relay = true },
        ]);
        var found = new SourceResult.Found(source, new PlexToken("transient-2f0c1d6e-6f6c-4d2e-9a57-1b8a2c3d4e5f"));

        ShouldBeRecorded(container => MediaServerWire.WriteSource(container, found, []), "security-resources");
    }

    private static void ShouldBeRecorded(Action<WireWriter> write, string recording)
    {
        var xml = Xml(WireDocument.RenderContainer(PlexFormat.Xml, write));
        var recordedXml = XDocument.Load($"fixtures/media-server/{recording}.xml").Root!;
        recordedXml.DescendantNodesAndSelf().OfType<XElement>().Where(element => !element.HasElements).ToList().ForEach(element => element.RemoveNodes());
        XNode.DeepEquals(xml, recordedXml).ShouldBeTrue(xml.ToString());

        var json = JsonNode.Parse(WireDocument.RenderContainer(PlexFormat.Json, write))!;
        var recordedJson = JsonNode.Parse(File.ReadAllText($"fixtures/media-server/{recording}.json"))!;
        foreach (var connection in recordedJson["MediaContainer"]!["Device"]?["Connection"]?.AsArray() ?? [])
            connection!["relay"] ??= false;
        JsonNode.DeepEquals(json, recordedJson).ShouldBeTrue(json.ToJsonString());
    }

    private static XElement Xml(byte[] bytes)
    {
        var root = XDocument.Parse(Encoding.UTF8.GetString(bytes)).Root!;
        root.DescendantsAndSelf().Where(element => !element.HasElements).ToList().ForEach(element => element.RemoveNodes());
        return root;
    }
}
