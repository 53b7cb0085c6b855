using PlexAuth.Internal.Json;

namespace PlexAuth.Internal.Errors;

/// <summary>
/// The errors of a body: <c>errors[]</c> of the v2 service, <c>error</c> of older endpoints, <c>Response</c> of the sharing ones, in JSON or XML. An HTML page or
/// an empty body has none.
/// </summary>
internal sealed record ErrorBody(List<PlexError> Errors)
{
    private const int MaxErrors = 20;
    private const int MaxMessageLength = 300;
    private const int ShortestSecret = 4;

    /// <param name="body">The body.</param>
    /// <param name="secrets">What the request carried, which a server might repeat and no message may show.</param>
    public static IReadOnlyList<PlexError> Read(ReadOnlyMemory<byte> body, string[] secrets)
    {
        var errors = Answer.Read<ErrorBody>(body, Read)!.Errors;
        return [.. errors.Take(MaxErrors).Select(error => error with { Message = Presentable(error.Message, secrets) })];
    }

    private static ErrorBody Read(ref LenientReader json)
    {
        var errors = new List<ReadableError>();
        for (var depth = json.EnterObject(); json.NextMember(depth);)
        {
            if (json.Name is "errors")
                json.AddTo(errors, "error");
            else if (json.Name is "error" or "Response")
                errors.Add(ReadableError.Read(ref json));
        }

        return new([.. errors.Select(error => error.Error)]);
    }

    private static string Presentable(string message, string[] secrets)
    {
        foreach (var secret in secrets)
        {
            if (secret.Length >= ShortestSecret)
                message = message.Replace(secret, "***", StringComparison.OrdinalIgnoreCase);
        }

        var text = string.Concat(message.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        return text.Length <= MaxMessageLength ? text : text[..MaxMessageLength];
    }

    private readonly record struct ReadableError(PlexError Error) : IReadable<ReadableError>
    {
        public static ReadableError Read(ref LenientReader json)
        {
            var (code, message, status) = (0, json.Text() ?? "", (int?)null);
            for (var depth = json.EnterObject(); json.NextMember(depth);)
            {
                switch (json.Name)
                {
                    case "code": code = json.Int32() ?? 0; break;
                    case "message" or "text" or "error": message = json.Text() ?? message; break;
                    case "status" when json.Int32() is { } number: status = number; break;
                    case "status" when message.Length == 0: message = json.Text() ?? ""; break;
                }
            }

            return new(new PlexError(new PlexErrorCode(code), message, status));
        }
    }
}
