namespace PlexAuth.Server.MediaServer.Sources;

/// <summary>The address of a source: <c>server://</c> and a machine identifier, or <c>provider://</c> and a provider identifier.</summary>
internal readonly record struct SourceName(string Scheme, string Identifier)
{
    public const string Server = "server";
    public const string Provider = "provider";

    private const int MaxLength = 128;

    /// <returns>Null for anything else, however near.</returns>
    public static SourceName? Parse(string? text)
    {
        foreach (var scheme in (ReadOnlySpan<string>)[Server, Provider])
        {
            if (text is not null && text.StartsWith(scheme + "://", StringComparison.Ordinal) && text[(scheme.Length + 3)..] is var identifier && IsIdentifier(identifier))
                return new(scheme, identifier);
        }

        return null;
    }

    public override string ToString() => $"{Scheme}://{Identifier}";

    private static bool IsIdentifier(string text) => text.Length is > 0 and <= MaxLength && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
