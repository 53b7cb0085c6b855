namespace PlexAuth.Cli.Input;

// A value that must not be seen in a process list or a shell history: it comes from standard input, the environment or a hidden prompt, never from an argument.
internal sealed record Secret(string Name, string StandardInputOption, string Variable)
{
    private const char Unreadable = '\ufffd';

    public static Secret Password { get; } = new("password", "--password-stdin", "PLEX_PASSWORD");

    // Of the server's owner who administers it from afar, beside a new password for somebody else.
    public static Secret OwnerPassword { get; } = new("password of your own", "--owner-password-stdin", "PLEX_OWNER_PASSWORD");

    public static Secret VerificationCode { get; } = new("verification code", "--verification-code-stdin", "PLEX_VERIFICATION_CODE");

    public static Secret HomePin { get; } = new("PIN", "--pin-stdin", "PLEX_HOME_PIN");

    // One line of standard input where that was asked for, else the environment's value, else null.
    public async Task<string?> FindAsync(Terminal terminal, bool fromStandardInput, CancellationToken cancellationToken)
    {
        if (!fromStandardInput)
            return new Variables(terminal.Variable).Read(Variable);

        var line = await Blocking.ReadAsync(terminal.In.ReadLine, cancellationToken);
        if (string.IsNullOrEmpty(line))
            throw ToolException.Usage($"{StandardInputOption} was given, but standard input has no line with a {Name}.");
        return line.Contains(Unreadable, StringComparison.Ordinal)
            ? throw ToolException.Usage($"The {Name} on standard input has bytes that are no text. Check its encoding, which should be UTF-8.")
            : line;
    }

    public ToolException Missing() =>
        ToolException.Usage($"There is no terminal to ask for the {Name} on. Pipe it in with {StandardInputOption}, or set {Variable} or {Variable}_FILE.");
}
