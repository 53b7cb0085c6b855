namespace PlexAuth.Server.Http.Answers;

/// <summary>An answer's bytes and what they are.</summary>
internal sealed record WireBody(byte[] Bytes, string ContentType)
{
    public const string JsonType = "application/json; charset=utf-8";

    public const string XmlType = "application/xml; charset=utf-8";
}
