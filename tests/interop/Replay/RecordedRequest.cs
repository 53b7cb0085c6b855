using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PlexAuth.Interop.Tests.Replay;

/// <summary>One request as an SDK put it on the wire, from a file in <c>requests/</c>; what varies stands there as <c>{{name}}</c>.</summary>
internal sealed record RecordedRequest(string Head, string Body)
{
    public static RecordedRequest Load(string sdk, string operation)
    {
        var sections = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "requests", sdk + ".http")).Split("### ");
        var section = sections.Single(text => text.StartsWith(operation + "\n", StringComparison.Ordinal));
        var request = section[(operation.Length + 1)..].TrimEnd('\n');
        var end = request.IndexOf("\n\n", StringComparison.Ordinal);
        return end < 0 ? new RecordedRequest(request, "") : new RecordedRequest(request[..end], request[(end + 2)..]);
    }

    /// <summary>As the SDK sends it when it has no such value: without the header, query argument or form field.</summary>
    public RecordedRequest Without(string name)
    {
        var placeholder = "{{" + name + "}}";
        var head = Remove(Head, $@"\n[^\n ]+: {Regex.Escape(placeholder)}", "");
        head = Remove(head, $@"\?[^?&= ]+={Regex.Escape(placeholder)}&", "?");
        head = Remove(head, $"[?&][^?&= ]+={Regex.Escape(placeholder)}", "");
        return new RecordedRequest(head, Remove(Body, $"&[^&=]+={Regex.Escape(placeholder)}", ""));
    }

    /// <summary>With a value in the place of its name; form fields are encoded as the SDKs do.</summary>
    public RecordedRequest With(string name, string value)
    {
        var placeholder = "{{" + name + "}}";
        return new RecordedRequest(Head.Replace(placeholder, value), Body.Replace(placeholder, Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal)));
    }

    public byte[] ToBytes()
    {
        var body = Encoding.ASCII.GetBytes(Body);
        var head = Head.Replace("{{length}}", body.Length.ToString(CultureInfo.InvariantCulture)).ReplaceLineEndings("\r\n");
        if ((head + Body).Contains("{{", StringComparison.Ordinal))
            throw new InvalidOperationException("A placeholder has no value: " + head.Split('\r')[0]);
        return [.. Encoding.UTF8.GetBytes(head + "\r\n\r\n"), .. body];
    }

    private static string Remove(string text, string pattern, string replacement) =>
        Regex.Replace(text, pattern, replacement, RegexOptions.NonBacktracking);
}
